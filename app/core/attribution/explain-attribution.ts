import type { Attribution, ClickCandidate, CodeCandidate, Credited } from "./attribution.ts";
import { CLICK_DAYS, clickDaysOf, type RuleInForce } from "./rule.ts";
import { daysText, meetingWords, severalWords } from "./rule-words.ts";

/** Why the decision fell as it did, for the order's own page. */
export function explainAttribution(attribution: Attribution): string {
  return [whyItFellSo(attribution), ...refusalSentences(attribution)].join(" ");
}

function whyItFellSo(attribution: Attribution): string {
  if (attribution.outcome === "nobody") return NOBODY[attribution.because];
  const { because, rules, candidates } = attribution;
  const click = candidates.find(isCountedClick);
  if (because === "click-alone") {
    const reported = `${clickOf(click)} led to this order and no partner's code was typed. Your rule has such orders reported.`;
    return click?.partner ? reported : `${reported} ${IMPACT_ALONE_KNOWS}`;
  }
  const counted = candidates.filter(isCountedCode);
  const sentences = counted.flatMap((code) => meetingSentence(code, click));
  const reported = candidates.flatMap((one) => reportedSentence(one));
  return [codeSentence(because, rules, counted), ...new Set(sentences), ...reported].join(" ");
}

/** How a click is reported that earns by a code, or by which a code does. */
function reportedSentence(candidate: Attribution["candidates"][number]): string[] {
  const name = candidate.partner?.name ?? "";
  if (candidate.verdict === "carries-click") {
    return [
      `${name}'s own code ${candidate.code} was typed too: what the click earns is reported by it.`,
    ];
  }
  if (candidate.verdict !== "beside-code") return [];
  return [
    `An earlier or less known click of ${name} is sent beside ${name}'s code, which impact.com pays only with one.`,
  ];
}

/** Whose a click alone was is not asked, and a token may be refused the answer. */
const IMPACT_ALONE_KNOWS =
  "Whose click it was, impact.com knows: impact.com pays that partner if it tracks the click, and nobody if not.";

const NOBODY: Record<Extract<Attribution, { outcome: "nobody" }>["because"], string> = {
  "no-code": "The customer typed no code.",
  "not-a-partner-code": "No code on this order is assigned to a partner.",
  "not-assigned-then":
    "The code is yours, but it belonged to no partner when the order was placed.",
  "left-to-click":
    "A click led to this order, and no partner's code was typed. Such orders are left to impact.com's own tag.",
};

/** Clicks that would have counted but for impact.com, which would pay nobody by them. */
function refusalSentences({ rules, candidates }: Attribution): string[] {
  const sentences = candidates.flatMap((one) => {
    if (one.kind !== "click") return [];
    if (one.verdict === "too-old") return tooOldSentence(one, rules);
    if (one.verdict === "not-payable") return notPayableSentence(one);
    if (one.verdict === "unknown-there") return UNKNOWN_THERE;
    if (one.verdict === "malformed") return MALFORMED;
    return one.verdict === "untracked" ? untrackedSentence(one) : [];
  });
  return [...new Set(sentences)];
}

function tooOldSentence(click: ClickCandidate, [shop]: readonly RuleInForce[]): string {
  const days = shop?.scope === "shop" ? clickDaysOf(shop.rule) : CLICK_DAYS;
  return `${clickOf(click)} came earlier than ${daysText(days)} before the order: impact.com counts it no more.`;
}

function untrackedSentence(click: ClickCandidate): string {
  return `${clickOf(click)} led to the order, but impact.com doesn't track clicks of a partner while one of their codes is registered as ALWAYS.`;
}

/** Of a click that it doesn't track impact.com may know nothing (reference/impact.md, 4). */
const UNKNOWN_THERE =
  "A click led to the order, but impact.com knows no such click: it may be nobody's, or of a partner whose clicks it doesn't track because a code of theirs is registered as ALWAYS.";

const MALFORMED =
  "Something came with the order in the place of a click id that can't be one of impact.com's: it counts for nothing.";

/** By impact.com's reason codes (reference/impact.md, section 2.3). */
const NOT_PAYABLE: Record<string, string> = {
  CONTRACT_NOT_FOUND: "its partner had no live contract with the program",
  PARTNER_NOT_ACTIVE: "its partner's account was not active",
  ACTIONTERMS_NOT_FOUND: "its partner's contract had no payout for the event type",
  OUTSIDE_ASSOCIATION_WINDOW: "the order came after its partner's own referral window",
  MAX_RECURRENCES_REACHED: "its partner's contract pays for no more orders of this customer",
  REFTYPE_NOT_ACCEPTED: "its partner's contract pays for no clicks",
};

function notPayableSentence(click: ClickCandidate): string {
  return `${clickOf(click)} led to it and was reported first, but ${explainNotPayable(click.refusedFor)}`;
}

/** Why impact.com would not pay a click, by the reason code it gave, and what came of that. */
export function explainNotPayable(reason = ""): string {
  const why = NOT_PAYABLE[reason] ?? "it found nobody to credit for it";
  return `impact.com would not pay it: ${why}. So the order was decided again without it.`;
}

function isCountedCode(candidate: Attribution["candidates"][number]): candidate is CodeCandidate {
  return (
    candidate.kind === "code" && ["earns", "shares", "click-earns"].includes(candidate.verdict)
  );
}

function isCountedClick(candidate: Attribution["candidates"][number]): candidate is ClickCandidate {
  const counted = ["earns", "shares", "same-partner", "code-earns"];
  return candidate.kind === "click" && counted.includes(candidate.verdict);
}

type BecauseOfCodes = Exclude<Credited["because"], "click-alone">;

function codeSentence(
  because: BecauseOfCodes,
  [rule]: Credited["rules"],
  counted: readonly CodeCandidate[],
): string {
  const owned = counted.map(({ code, partner }) => `${code} is ${partner?.name ?? ""}'s code`);
  const [first = ""] = owned;
  if (because === "only-partner-code") return `${first}, and the only partner code on this order.`;
  const words = rule?.scope === "shop" ? severalWords(rule.rule.several) : "";
  const general = `Where an order carries several partners' codes, ${words}.`;
  if (because === "shared-by-several") return `${owned.join(" and ")}. ${general}`;
  return `${first} and ${FOREMOST[because]}. ${general}`;
}

const FOREMOST: Record<
  Exclude<BecauseOfCodes, "only-partner-code" | "shared-by-several">,
  string
> = {
  "first-of-several": "was entered first",
  "largest-of-several": "took off the most",
  "highest-of-several": "is of the discount that stands highest",
};

function meetingSentence({ met }: CodeCandidate, click: ClickCandidate | undefined): string[] {
  if (!met) return [];
  const clicked = clickOf(click);
  const rule = meetingWords(met.meeting);
  const sentences: Record<typeof met.how, string> = {
    "same-partner": `${clicked} led to it as well: that is one credit and not two.`,
    "code-wins": `${clicked} led to it as well, but by your rule ${rule}.`,
    "click-wins": `${clicked} led to it, and by your rule ${rule}.`,
    "click-newer": `${clicked} led to it, and by your rule ${rule}.`,
    "click-older": `${clicked} led to it as well, but by your rule ${rule}, and this one came earlier.`,
    "click-undated": `${clicked} led to it as well, but by your rule ${rule}, and nobody knows when this one came.`,
    "click-untold": `${clicked} led to it as well, but impact.com didn't tell whose click this was: so the code earns.`,
    split: `${clicked} led to it as well, and by your rule ${rule}.`,
  };
  return [sentences[met.how]];
}

function clickOf(click: ClickCandidate | undefined): string {
  return click?.partner ? `A click of ${click.partner.name}` : "A click";
}
