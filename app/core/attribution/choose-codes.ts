import type { CodeCandidate, Credited, KnownCode } from "./attribution.ts";
import type { Several } from "./rule.ts";

/** A partner's code on an order. */
export interface Contender extends KnownCode {
  partner: NonNullable<KnownCode["partner"]>;
  /** What it took off the goods, in minor units; 0 where it is not told. */
  tookMinor: number;
}

export interface ChosenCodes {
  /** One, or one for each partner where they share. */
  chosen: Contender[];
  because: Credited["because"];
  /** Why a contender that wasn't chosen was not. */
  whyNot: (contender: Contender) => CodeCandidate["verdict"];
}

/** Which of the partners' codes on an order count. At least one contender, in the order entered. */
export function chooseCodes(
  contenders: readonly [Contender, ...Contender[]],
  several: Several,
): ChosenCodes {
  const entered = () => "entered-later" as const;
  if (several.kind === "first-entered") {
    const chosen = [contenders[0]];
    return { chosen, because: becauseOf(contenders, "first-of-several"), whyNot: entered };
  }
  if (several.kind === "split-evenly") {
    const chosen = firstOfEachPartner(contenders);
    const because = chosen.length > 1 ? "shared-by-several" : "first-of-several";
    return { chosen, because: becauseOf(contenders, because), whyNot: entered };
  }
  const rank = several.kind === "largest-discount" ? byAmount : byPriority(several.discounts);
  const best = contenders.reduce((top, one) => (rank(one) > rank(top) ? one : top));
  const [because, lower] =
    several.kind === "largest-discount"
      ? (["largest-of-several", "smaller-discount"] as const)
      : (["highest-of-several", "lower-priority"] as const);
  const isOutdone = contenders.some((one) => rank(one) < rank(best));
  return {
    chosen: [best],
    because: becauseOf(contenders, isOutdone ? because : "first-of-several"),
    whyNot: (one) => (rank(one) < rank(best) ? lower : "entered-later"),
  };
}

function becauseOf(
  contenders: readonly Contender[],
  because: Credited["because"],
): Credited["because"] {
  return contenders.length > 1 ? because : "only-partner-code";
}

/** A partner's second code is no second partner. */
function firstOfEachPartner(contenders: readonly Contender[]): Contender[] {
  const seen = new Set<string>();
  return contenders.filter(({ partner: { partnerId } }) => {
    const isNew = !seen.has(partnerId);
    seen.add(partnerId);
    return isNew;
  });
}

function byAmount({ tookMinor }: Contender): number {
  return tookMinor;
}

function byPriority(discounts: readonly string[]): (contender: Contender) => number {
  return ({ discountId }) => {
    const place = discounts.indexOf(discountId);
    return place === -1 ? -discounts.length : -place;
  };
}
