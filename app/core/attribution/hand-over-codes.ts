import type { DiscountCode } from "../ids.ts";
import type { Credited, KnownCode } from "./attribution.ts";

/** A decision as it was, but with the partners these codes have gone to: who earns which share, and why, stays. */
export function withCodesHandedOver(
  decided: Credited,
  owners: ReadonlyMap<DiscountCode, NonNullable<KnownCode["partner"]>>,
): Credited {
  const [first, ...others] = decided.shares.map((share) => {
    const owner = share.by.kind === "code" ? owners.get(share.by.code) : undefined;
    return owner ? { ...share, partner: owner } : share;
  });
  const candidates = decided.candidates.map((one) => {
    const owner = one.kind === "code" ? owners.get(one.code) : undefined;
    return owner ? { ...one, partner: owner } : one;
  });
  return { ...decided, candidates, shares: [first ?? decided.shares[0], ...others] };
}
