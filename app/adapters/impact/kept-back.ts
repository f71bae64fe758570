import type { ImpactPriority } from "#app/core/ports/impact.ts";

/** The share of the hour that is kept back from each kind of request, for those above it. */
export const KEPT_BACK: Record<ImpactPriority, number> = {
  conversion: 0,
  adjustment: 0.05,
  outcome: 0.1,
  asked: 0.15,
  registration: 0.2,
  read: 0.3,
  spare: 0.5,
};

/** What orders need goes ahead of these, by what it took in the hour before. */
export const BEHIND: ReadonlySet<ImpactPriority> = new Set(["registration", "read", "spare"]);
/** More than in the hour before, as orders grow; what is behind never stops altogether. */
export const GROWTH = 1.2;
export const MOST_AHEAD = 0.95;
