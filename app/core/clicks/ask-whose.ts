import type { ShopDomain } from "../ids.ts";
import type { ClickLookUp } from "../ports/click-store.ts";
import type { ImpactPriority, ImpactProblem } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { ImpactCredentials } from "../program/program.ts";

type Verdict = Pick<ClickLookUp, "verdict" | "partner" | "clickedAt">;

/** Where a shop's clicks are asked about. */
export interface ClickProgram {
  shop: ShopDomain;
  credentials: ImpactCredentials;
  programId: string;
}

export interface ClickQuestion {
  clickId: string;
  /** From then on impact.com surely knows it, if there is such a click. */
  thereAt: Date;
  priority?: ImpactPriority;
  /** Kept aside: no order's decision is to know of it. */
  isForReplay?: boolean;
}

export interface ClickAnswer {
  /** As it was kept; null: impact.com may say something later. */
  verdict: ClickLookUp["verdict"] | null;
  problem: ImpactProblem | null;
}

/** Asks impact.com whose a click was, and keeps what it says, unless it may say something else later. */
export async function askWhose(
  { store, clock, impact }: Pick<Ports, "store" | "clock" | "impact">,
  { shop, credentials, programId }: ClickProgram,
  { clickId, thereAt, priority = "read", isForReplay = false }: ClickQuestion,
): Promise<ClickAnswer> {
  const found = await impact.findClick(credentials, { programId, clickId, priority });
  const now = clock.now();
  const verdict = found.ok
    ? verdictOn(found.value, { programId, isThere: now > thereAt })
    : inVain(found.problem);
  if (verdict) {
    const lookUp = { clickId, ...verdict };
    // An erased shop keeps nothing.
    if (isForReplay) {
      await store.inTransaction(async (tx) => {
        if (await tx.shops.hold(shop)) await tx.replays.saveLookUp(shop, lookUp, now);
      });
    } else {
      await store.inPipeline(async (tx) => {
        if (await tx.shops.hold(shop)) await tx.clicks.saveLookUp(shop, lookUp, now);
      });
    }
  }
  return { verdict: verdict?.verdict ?? null, problem: found.ok ? null : found.problem };
}

/**
 * A token that may not read clicks may not a minute later either, and orders do without. What impact.com
 * refuses to read as a click id is nobody's, and says nothing of the token.
 */
function inVain({ kind, retry }: ImpactProblem): Verdict | null {
  if (kind === "refused") return { verdict: "unknown-there", partner: null, clickedAt: null };
  const isInVain = retry === "never" || kind === "missing-scope";
  return isInVain ? { verdict: "not-told", partner: null, clickedAt: null } : null;
}

/** Null where nothing can be said of it yet: a click of just now may not be there before an hour has passed. */
function verdictOn(
  found: { programId: string; partner: Verdict["partner"]; clickedAt: Date | null } | null,
  given: { programId: string; isThere: boolean },
): Verdict | null {
  if (found) {
    const { partner, clickedAt } = found;
    const isOurs = found.programId === given.programId;
    return { verdict: isOurs ? "known" : "other-program", partner, clickedAt };
  }
  return given.isThere ? { verdict: "unknown-there", partner: null, clickedAt: null } : null;
}
