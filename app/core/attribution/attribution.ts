import type { DiscountCode, PartnerId } from "../ids.ts";
import type { ClickSource } from "./click.ts";
import type { Meeting, RuleInForce } from "./rule.ts";

interface NamedPartner {
  partnerId: PartnerId;
  name: string;
}

/** One of our codes with the partner it belonged to when the order was placed; null: to nobody. */
export interface KnownCode {
  code: DiscountCode;
  partner: NamedPartner | null;
  discountId: string;
  /** As it is registered, where impact.com pays it only with a click of its partner's; absent: as ALWAYS. */
  needsClick?: "INVOLVED" | "WINNER";
}

/** What one earner gets of an order, and is reported as one conversion. */
export interface Share {
  /** Unique in the order: "code" (the first or only code's), "code-2" …, "click". */
  key: string;
  /** A positive integer part of the sum of all weights. */
  weight: number;
  /** Null only for a click whose partner isn't known: impact.com knows. */
  partner: NamedPartner | null;
  by: { kind: "code"; code: DiscountCode } | { kind: "click"; clickId: string };
  /** The same partner's click, to be sent beside the code. */
  clickId?: string;
}

/** How a code that counts met the order's click. */
export type Met =
  | "same-partner"
  | "code-wins"
  | "click-wins"
  | "click-newer"
  | "click-older"
  | "click-undated"
  | "click-untold"
  | "split";

export interface CodeCandidate {
  kind: "code";
  code: DiscountCode;
  partner: NamedPartner | null;
  verdict:
    | "earns"
    | "shares"
    | "click-earns"
    /** It lost to another code, but its partner's click earns, and is reported by it. */
    | "carries-click"
    | "entered-later"
    | "smaller-discount"
    | "lower-priority"
    | "not-a-partner-code"
    | "not-assigned-then";
  /** Null where it met no click, or doesn't count. */
  met: { how: Met; meeting: Meeting } | null;
}

export interface ClickCandidate {
  kind: "click";
  /** As it came, cut and without what can't be shown. */
  clickId: string;
  source: ClickSource;
  partner: NamedPartner | null;
  /** When it was, never after the order; null: not told. */
  at: Date | null;
  verdict:
    | "earns"
    | "shares"
    | "same-partner"
    /** Another click counts, but its partner's code is paid only with one of theirs. */
    | "beside-code"
    | "code-earns"
    | "left-alone"
    | "other-click"
    | "malformed"
    | "unknown-there"
    | "other-program"
    | "partner-removed"
    | "not-payable"
    | "too-old"
    | "untracked";
  /** Of one that is not payable: impact.com's reason; absent otherwise. */
  refusedFor?: string;
}

const REFUSED: readonly ClickCandidate["verdict"][] = [
  ...(["malformed", "unknown-there", "other-program", "partner-removed"] as const),
  ...(["not-payable", "too-old", "untracked"] as const),
];

/** By no rule a click of this verdict counts for anything. */
export function isRefused({ verdict }: Pick<ClickCandidate, "verdict">): boolean {
  return REFUSED.includes(verdict);
}

/** A code or click of an order and what became of it. */
export type Candidate = CodeCandidate | ClickCandidate;

interface Judged {
  /** The rules that decided: the shop's, then what stands above it for a code that counted. */
  rules: RuleInForce[];
  candidates: Candidate[];
}

export interface Credited extends Judged {
  outcome: "credited";
  /** At least one. */
  shares: [Share, ...Share[]];
  because:
    | "only-partner-code"
    | "first-of-several"
    | "largest-of-several"
    | "highest-of-several"
    | "shared-by-several"
    | "click-alone";
}

export interface Uncredited extends Judged {
  outcome: "nobody";
  because: "no-code" | "not-a-partner-code" | "not-assigned-then" | "left-to-click";
}

/** The decision: who earns which share of an order, by which rule, and why. */
export type Attribution = Credited | Uncredited;

/** The code that stands for the order on lists: that of the first share that has one. */
export function leadingCode({ shares }: Pick<Credited, "shares">): DiscountCode | null {
  const [code] = shares.flatMap(({ by }) => (by.kind === "code" ? [by.code] : []));
  return code ?? null;
}
