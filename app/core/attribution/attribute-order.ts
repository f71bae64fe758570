import type {
  Attribution,
  Candidate,
  ClickCandidate,
  CodeCandidate,
  KnownCode,
  Share,
  Uncredited,
} from "./attribution.ts";
import {
  chooseClick,
  clickCandidate,
  type ChosenClick,
  type CountedClick,
} from "./choose-click.ts";
import { chooseCodes, type ChosenCodes, type Contender } from "./choose-codes.ts";
import type { Click } from "./click.ts";
import { meet } from "./meet.ts";
import { clickDaysOf, givesClicks } from "./rule.ts";
import { meetingFor, type RulesAt } from "./rules-at.ts";
import { clickShare, shareOut, type Part } from "./share-out.ts";
import { isContender, isNobodys, readTypedCodes, type TypedCode } from "./typed-codes.ts";

/** What of an order decides who earned it. */
export interface Attributable {
  placedAt: Date;
  /** The customer's codes in the order entered. */
  typedCodes: readonly string[];
  /** What each of them took off the goods, in minor units; null: not told. */
  tookMinor: readonly number[] | null;
  clicks: readonly Click[];
}

/**
 * Decides who earned an order. `known` are our codes among those typed, and `rules` the shop's, both as
 * they were at the order's time. Every order gets a decision, its shares sum to the whole, and in
 * whatever order clicks come, the result is the same.
 */
export function attributeOrder(
  order: Attributable,
  known: readonly KnownCode[],
  rules: RulesAt,
): Attribution {
  const { typed, codesChosen, click, payable, others } = choose(order, known, rules);
  if (!codesChosen) return withoutPartnerCode(typed.filter(isNobodys), click, others, rules);

  const { chosen, because, whyNot } = codesChosen;
  const met = chosen.map((contender) => meetClick(contender, click, order.placedAt, rules));
  const shares = shareOut(met, { click, payable, contenders: typed.filter(isContender) });
  const codes = typed.map((one) => (isContender(one) ? judge(one, { met, shares, whyNot }) : one));
  const own = click ? [clickCandidate(click, clickVerdict(click, shares, codes))] : [];
  const overrides = new Set(met.flatMap(({ override }) => override ?? []));
  return {
    outcome: "credited",
    shares,
    because,
    rules: [rules.shop, ...overrides],
    candidates: [...codes, ...own, ...others.map((one) => withCode(one, shares))],
  };
}

/** The click that counts for an order, if one does. */
export function countedClick(
  order: Attributable,
  known: readonly KnownCode[],
  rules: RulesAt,
): CountedClick | null {
  return choose(order, known, rules).click;
}

interface Choice extends ChosenClick {
  typed: TypedCode[];
  /** Null where no partner's code was typed. */
  codesChosen: ChosenCodes | null;
}

function choose(
  order: Attributable,
  known: readonly KnownCode[],
  { shop: { rule }, overrides }: RulesAt,
): Choice {
  const typed = readTypedCodes(order, known);
  const [first, ...rest] = typed.filter(isContender);
  const codesChosen = first ? chooseCodes([first, ...rest], rule.several) : null;
  const owners = new Set(typed.filter(isContender).map(({ partner }) => partner.partnerId));
  const mayGiveClicks = [rule, ...overrides.map((one) => one.rule)].some(givesClicks);
  const isWorthAsking = mayGiveClicks || (codesChosen?.chosen ?? []).some((one) => one.needsClick);
  const terms = { placedAt: order.placedAt, clickDays: clickDaysOf(rule), owners, isWorthAsking };
  return { typed, codesChosen, ...chooseClick(order.clicks, terms) };
}

/** An override that decided nothing, since no other partner's click was met, is not named. */
function meetClick(
  contender: Contender,
  click: CountedClick | null,
  placedAt: Date,
  rules: RulesAt,
): Part {
  if (!click) return { contender, result: null, override: null };
  const { meeting, override } = meetingFor(contender, rules);
  const result = { ...meet(contender, click, meeting, placedAt), meeting };
  return { contender, result, override: result.how === "same-partner" ? null : override };
}

function withoutPartnerCode(
  codes: readonly CodeCandidate[],
  click: CountedClick | null,
  others: readonly ClickCandidate[],
  { shop }: RulesAt,
): Attribution {
  const judged = (own: Candidate[]) => ({
    rules: [shop],
    candidates: [...codes, ...own, ...others],
  });
  if (!click) return { outcome: "nobody", because: reasonForNobody(codes), ...judged([]) };
  if (shop.rule.clickAlone === "leave") {
    const left = judged([clickCandidate(click, "left-alone")]);
    return { outcome: "nobody", because: "left-to-click", ...left };
  }
  const earned = judged([clickCandidate(click, "earns")]);
  return { outcome: "credited", shares: [clickShare(click, 1)], because: "click-alone", ...earned };
}

function reasonForNobody(codes: readonly CodeCandidate[]): Uncredited["because"] {
  if (codes.length === 0) return "no-code";
  const wasOurs = codes.some(({ verdict }) => verdict === "not-assigned-then");
  return wasOurs ? "not-assigned-then" : "not-a-partner-code";
}

interface Decided {
  met: readonly Part[];
  shares: readonly Share[];
  whyNot: (contender: Contender) => CodeCandidate["verdict"];
}

function judge(contender: Contender, { met, shares, whyNot }: Decided): CodeCandidate {
  const { code, partner } = contender;
  const candidate = { kind: "code" as const, code, partner };
  const part = met.find((one) => one.contender === contender);
  const earns = shares.some(({ by }) => by.kind === "code" && by.code === code);
  if (!part)
    return { ...candidate, verdict: earns ? "carries-click" : whyNot(contender), met: null };
  const verdict = earns ? wholeOrPart(shares) : "click-earns";
  const { result } = part;
  return { ...candidate, verdict, met: result && { how: result.how, meeting: result.meeting } };
}

function clickVerdict(
  { clickId }: CountedClick,
  shares: readonly Share[],
  codes: readonly CodeCandidate[],
): ClickCandidate["verdict"] {
  const isCarried = codes.some(({ verdict }) => verdict === "carries-click");
  if (isCarried || shares.some(({ by }) => by.kind === "click")) return wholeOrPart(shares);
  return shares.some((share) => share.clickId === clickId) ? "same-partner" : "code-earns";
}

function withCode(other: ClickCandidate, shares: readonly Share[]): ClickCandidate {
  const isSent = shares.some(({ clickId }) => clickId === other.clickId);
  return isSent ? { ...other, verdict: "beside-code" } : other;
}

function wholeOrPart(shares: readonly Share[]): "earns" | "shares" {
  return shares.length === 1 ? "earns" : "shares";
}
