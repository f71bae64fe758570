import type { ImpactPriority } from "#app/core/ports/impact.ts";

/** The share of the hour that is kept back from each kind of request, for those above it. */
export const KEPT_BACK: Record<ImpactPriority, number> = {
  conversion: 0,
  adjustment: 0.05,
  outcome: 0.1,
  asked: 0.15,
  registration: 0.2,
  read: 0.3,
  many: 0.2,
  spare: 0.5,
};

/** What orders need goes ahead of these, by what it took in the hour before, or takes now. */
export const BEHIND: ReadonlySet<ImpactPriority> = new Set([
  "registration",
  "read",
  "many",
  "spare",
]);
/** More than in the hour before, as orders grow; what is behind never stops altogether. */
export const GROWTH = 1.2;
export const MOST_AHEAD = 0.95;
/** Of an hour that has just begun, what orders take is reckoned as if of so much of it. */
export const SHORTEST_LOOK = 1 / 12;

/**
 * What registrations of many leave beyond their share: half of a fresh hour, less as it passes, and at
 * its end, when nobody else has needed it, nothing more.
 */
export const OF_MANY = { atEnd: 0.3, more: 0.2, lastPart: 0.1 };
