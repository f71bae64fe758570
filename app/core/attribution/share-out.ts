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

/** What an order's codes and clicks give shares to choose from, beside the parts. */
export interface Beside {
  click: CountedClick | null;
  /** All clicks that impact.com could pay by, the counted one first. */
  payable: readonly CountedClick[];
  /** All partners' codes on the order, in the order entered. */
  contenders: readonly Contender[];
}

/**
 * The parts of codes and click as shares: one for each partner, in the smallest whole weights. What a
 * click earns whose partner has a code on the order is in one share with that code.
 */
export function shareOut(
  parts: readonly Part[],
  { click, payable, contenders }: Beside,
): Credited["shares"] {
  const byClick = parts.reduce((sum, { result }) => sum + (result?.click ?? 0), 0);
  const earning = parts.filter(({ result }) => result?.code !== 0);
  const twin = earning.find(({ contender }) => isOf(contender, click));
  const shares = earning.map((part, index): Share => {
    const own = part.result?.code ?? WHOLE;
    if (click && part === twin) return codeShare(part.contender, index, own + byClick, click);
    return codeShare(part.contender, index, own, clickNeededBy(part.contender, payable));
  });
  if (click && byClick > 0 && !twin) {
    const carrier = carrierOf(click, contenders);
    shares.push(
      carrier ? codeShare(carrier, shares.length, byClick, click) : clickShare(click, byClick),
    );
  }
  return inSmallestWeights(shares);
}

function codeShare(
  { code, partner }: Contender,
  index: number,
  weight: number,
  click: CountedClick | undefined,
): Share {
  const key = index === 0 ? "code" : `code-${index + 1}`;
  const share = { key, weight, partner, by: { kind: "code" as const, code } };
  return click ? { ...share, clickId: click.clickId } : share;
}

/**
 * impact.com pays by an INVOLVED code only with a click of its partner's, whichever click counts; by a WINNER
 * code with no other than the one that counts (reference/impact.md, 4).
 */
function clickNeededBy(
  contender: Contender,
  payable: readonly CountedClick[],
): CountedClick | undefined {
  if (contender.needsClick !== "INVOLVED") return undefined;
  return payable.find((click) => isOf(contender, click));
}

/** The code by which its partner's click is reported, though another was chosen: best one that is paid with no click. */
function carrierOf(click: CountedClick, contenders: readonly Contender[]): Contender | undefined {
  const own = contenders.filter((contender) => isOf(contender, click));
  return own.find(({ needsClick }) => !needsClick) ?? own[0];
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
