import type { Credited, Share } from "./attribution.ts";
import type { Contender } from "./choose-codes.ts";
import type { CountedClick } from "./choose-click.ts";
import { WHOLE, type MeetingResult } from "./meet.ts";
import type { Meeting } from "./rule.ts";
import type { OverrideInForce } from "./rules-at.ts";

/** A code that counts, and how it met the order's click; null: there was none. */
export interface Part {
  contender: Contender;
  result: (MeetingResult & { meeting: Meeting }) | null;
  /** What stood above the shop's rule, and decided. */
  override: OverrideInForce | null;
}

/**
 * The parts of codes and click as shares: one for each partner, in the smallest whole weights. A
 * click's partner whose code earns too has one share, by that code.
 */
export function shareOut(parts: readonly Part[], click: CountedClick | null): Credited["shares"] {
  const byClick = parts.reduce((sum, { result }) => sum + (result?.click ?? 0), 0);
  const earning = parts.filter(({ result }) => result?.code !== 0);
  const twin = earning.find(({ contender }) => isOf(contender, click));
  const shares = earning.map((part, index): Share => {
    const { code, partner } = part.contender;
    const own = part.result?.code ?? WHOLE;
    const share = {
      key: index === 0 ? "code" : `code-${index + 1}`,
      weight: own,
      partner,
      by: { kind: "code" as const, code },
    };
    const isTwin = click && part === twin;
    return isTwin ? { ...share, weight: own + byClick, clickId: click.clickId } : share;
  });
  if (click && byClick > 0 && !twin) shares.push(clickShare(click, byClick));
  return inSmallestWeights(shares);
}

/** What a click earns without any code. */
export function clickShare({ clickId, partner }: CountedClick, weight: number): Share {
  return { key: "click", weight, partner, by: { kind: "click", clickId } };
}

function isOf({ partner }: Contender, click: CountedClick | null): boolean {
  return click?.partner?.partnerId === partner.partnerId;
}

function inSmallestWeights(shares: readonly Share[]): Credited["shares"] {
  const divisor = shares.map(({ weight }) => weight).reduce(commonDivisor, 0);
  const [first, ...rest] = shares.map((share) => ({ ...share, weight: share.weight / divisor }));
  if (!first) throw new Error("an order that counts was shared out among nobody");
  return [first, ...rest];
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other);
}
