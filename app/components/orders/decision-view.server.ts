import type { Attribution, Candidate, Share } from "#app/core/attribution/attribution.ts";
import type { ClickSource } from "#app/core/attribution/click.ts";
import { explainAttribution } from "#app/core/attribution/explain-attribution.ts";
import { percentText } from "#app/core/attribution/percent-text.ts";
import type { RuleInForce } from "#app/core/attribution/rule.ts";
import { meetingWords, severalWords } from "#app/core/attribution/rule-words.ts";
import type { OtherRule } from "#app/core/attribution/under-other-rules.ts";
import type { OrderReason } from "#app/core/orders/order-state.ts";
import type { TimeFormats } from "../time-formats.server.ts";

export type DecisionView = ReturnType<typeof decisionView>;

/** Who earned an order, among whom, by which rule, and who would have by another. */
export function decisionView(
  attribution: Attribution,
  { others, reason }: { others: readonly OtherRule[]; reason: OrderReason },
  times: TimeFormats,
) {
  const outcome = outcomeText(attribution);
  return {
    isOpen: reason === "click-pending",
    because: explainAttribution(attribution),
    candidates: attribution.candidates.map((candidate, index) => ({
      id: String(index),
      ...candidateView(candidate, attribution, times),
    })),
    rules: attribution.rules.map((rule) => ruleText(rule, times)),
    others: others.map(({ rule, attribution: other }, index) => {
      const theirs = outcomeText(other);
      return { id: String(index), rule, outcome: theirs, isSame: theirs === outcome };
    }),
  };
}

function candidateView(candidate: Candidate, attribution: Attribution, times: TimeFormats) {
  const { verdict } = candidate;
  const partner = candidate.partner?.name ?? null;
  const share = shareOfCandidate(candidate, attribution);
  const earned = share && `Earns ${share}`;
  if (candidate.kind === "code") {
    const { code } = candidate;
    const isNobodys = verdict === "not-a-partner-code" || verdict === "not-assigned-then";
    const text = earned ?? VERDICTS[candidate.verdict];
    return { code, click: null, partner, earns: share !== null, verdict: text, isNobodys };
  }
  const { clickId, source, at } = candidate;
  const click = at ? `${SOURCES[source]}, ${times.minute(at)}` : SOURCES[source];
  const text = earned ?? VERDICTS[candidate.verdict];
  return { code: clickId, click, partner, earns: share !== null, verdict: text, isNobodys: false };
}

/** "the order" or "70% of the order"; null where it earns nothing by itself. */
function shareOfCandidate(candidate: Candidate, attribution: Attribution): string | null {
  if (attribution.outcome === "nobody") return null;
  if (candidate.verdict !== "earns" && candidate.verdict !== "shares") return null;
  const { shares } = attribution;
  const earned = shares.filter(({ by, clickId }) =>
    candidate.kind === "code"
      ? by.kind === "code" && by.code === candidate.code
      : by.kind === "click" || clickId === candidate.clickId,
  );
  if (earned.length === 0 || earned.length === shares.length) return "the order";
  return `${percentOf(earned, shares)} of the order`;
}

/** Where a code took over a refused click's part, as until 2026-11-26, it earns two. */
function percentOf(earned: readonly Share[], shares: readonly Share[]): string {
  return percentText(weightOf(earned), weightOf(shares));
}

function weightOf(shares: readonly Share[]): number {
  return shares.reduce((sum, { weight }) => sum + weight, 0);
}

const SOURCES: Record<ClickSource, string> = {
  cart: "Click, noted on the cart",
  pixel: "Click, noted at the checkout",
  landing: "Click, by the landing page",
};

const VERDICTS: Record<Candidate["verdict"], string> = {
  earns: "Earns the order",
  shares: "Earns a part of the order",
  "click-earns": "The click earns",
  "carries-click": "Its partner's click earns, and is reported by this code",
  "code-earns": "The code earns",
  "same-partner": "The same partner's: one credit, by the code",
  "beside-code": "Sent beside its partner's code, which is paid only with one",
  "entered-later": "Entered after the code that earns",
  "smaller-discount": "Took off less than another code",
  "lower-priority": "Its discount stands below another",
  "not-a-partner-code": "Not assigned to a partner",
  "not-assigned-then": "Assigned to nobody when the order was placed",
  "left-alone": "Left to impact.com's own tag",
  "other-click": "Another click is newer or better known",
  malformed: "No click id of impact.com",
  "unknown-there": "impact.com knows no such click",
  "other-program": "A click of another program",
  "partner-removed": "Its partner is no longer in your program",
  "not-payable": "impact.com would not pay it",
  "too-old": "Older than impact.com counts a click",
  untracked: "Not tracked by impact.com: its partner has a code registered as ALWAYS",
};

function ruleText(rule: RuleInForce, times: TimeFormats): string {
  const since = rule.from
    ? `In force since ${times.minute(rule.from)}.`
    : "In force from the start.";
  const meeting = `where a click meets a code, ${meetingWords(rule.rule.meeting)}`;
  if (rule.scope !== "shop") {
    return `Your rule for this ${rule.scope}: ${meeting}. ${since}`;
  }
  const several = `Of several partners' codes, ${severalWords(rule.rule.several)}.`;
  return `Your shop's rule: ${meeting}. ${several} ${since}`;
}

/** "Anna Able", or "Anna Able 70%, Cleo Clark 30%". */
function outcomeText(attribution: Attribution): string {
  if (attribution.outcome === "nobody") {
    return attribution.because === "left-to-click" ? "Left to impact.com's own tag" : "Nobody";
  }
  const { shares } = attribution;
  const texts = shares.map((share) => {
    const name = share.partner?.name ?? "The click's partner";
    const how = share.by.kind === "click" ? ", by the click" : "";
    return shares.length > 1 ? `${name} ${percentOf([share], shares)}${how}` : `${name}${how}`;
  });
  return texts.join("; ");
}
