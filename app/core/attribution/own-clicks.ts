import type { ClickCandidate, Credited } from "./attribution.ts";
import type { Contender } from "./choose-codes.ts";

interface WithOwnClicks {
  shares: Credited["shares"];
  others: ClickCandidate[];
}

/**
 * A code registered as INVOLVED is credited with any click of its partner on the way (reference/impact.md, 4),
 * and without one it pays nobody: so one goes along with it, though another partner's click counts.
 */
export function withOwnClicks(
  before: Credited["shares"],
  chosen: readonly Contender[],
  others: readonly ClickCandidate[],
): WithOwnClicks {
  const involved = chosen.filter(({ needsClick }) => needsClick === "INVOLVED");
  const added = new Set<string>();
  const [first, ...rest] = before.map((share) => {
    const { by, partner, clickId } = share;
    const isInvolved = by.kind === "code" && involved.some(({ code }) => code === by.code);
    if (!isInvolved || clickId !== undefined) return share;
    const own = others.find((one) => isSpare(one) && one.partner?.partnerId === partner?.partnerId);
    if (!own) return share;
    added.add(own.clickId);
    return { ...share, clickId: own.clickId };
  });
  const judged = others.map((one) =>
    isSpare(one) && added.has(one.clickId) ? { ...one, verdict: "same-partner" as const } : one,
  );
  return { shares: [first ?? before[0], ...rest], others: judged };
}

/** impact.com would pay it, but another click counts. */
function isSpare({ verdict, partner }: ClickCandidate): boolean {
  return verdict === "other-click" && partner !== null;
}
