import type { CodeDifference, CodeDifferenceKind } from "./code-difference.ts";
import { planRepair, repairsFor, type Names, type Repair, type RepairPlan } from "./repairs.ts";

/** What a kind of difference is called, above those of it. */
export const KIND_TITLES: Record<CodeDifferenceKind, string> = {
  "discount-deleted": "Discounts deleted in Shopify",
  "discount-deactivated": "Discounts deactivated in Shopify",
  "discount-ended": "Discounts that have ended, and whose code families stand",
  "contract-ended": "Partners whose contract has ended",
  "family-lost": "Code families that don't stand at impact.com as they should",
  "family-unused": "Code families without codes",
  "family-twice": "Code families that stand at impact.com twice",
  "expression-matches": "Expressions at impact.com that match other partners' codes",
  "expression-widens":
    "Expressions at impact.com that credit codes for more orders than they should",
  "expression-unread": "Expressions at impact.com that this app can't read",
  "missing-in-shopify": "Codes that Shopify no longer has",
  "in-other-discount": "Codes that were moved to another discount",
  "only-in-shopify": "Codes only in Shopify",
  "works-though-failed": "Codes that failed here and work in Shopify",
  "past-its-end": "Codes that work past their own end",
  "other-partner-there": "Codes that impact.com has with another partner",
  "missing-at-impact": "Codes that impact.com no longer has",
  "not-registered": "Codes whose registration is not under way",
  "ends-differ": "Codes that ended on one side",
  "only-at-impact": "Codes only at impact.com",
  "two-partners-there": "Codes that two partners have at impact.com",
  "registered-twice": "Codes that stand at impact.com twice",
  "registered-otherwise": "Codes registered with another credit policy, or from later on",
  "family-widens": "Codes that a code family credits for more orders than they should",
};

/** Why it matters. */
export const KIND_MEANINGS: Record<CodeDifferenceKind, string> = {
  "discount-deleted": "Customers can't use any of their codes.",
  "discount-deactivated":
    "Customers can't use any of their codes, though partners still hand them out.",
  "contract-ended":
    "Customers still use their codes, and impact.com pays nobody for those orders. Offer a contract at impact.com, or give the codes to another partner.",
  "discount-ended":
    "A code family is registered without an end, since it may have codes of several discounts. Retire the codes that can't be used any more: its registration ends with the last of them.",
  "family-lost": "Customers use the codes, and impact.com pays nobody for it, or soon won't.",
  "family-unused":
    "Nobody can use codes of theirs in this shop, and no other partner can have codes like them.",
  "family-twice":
    "impact.com doesn't say which of two registrations it pays by, and only one of them would end with the family.",
  "expression-matches":
    "impact.com doesn't say whom it pays where a code is registered to one partner and matched by another's regular expression. End the expression at impact.com, or retire the codes.",
  "expression-widens":
    "The codes are to earn with a click alone, and impact.com may credit them by the expression, which needs none. End the expression at impact.com.",
  "expression-unread":
    "Whether they match your codes is not known here. Look at them yourself at impact.com, and end those that match other partners' codes.",
  "missing-in-shopify": "Partners hand them out, and customers can't use them.",
  "in-other-discount":
    "Customers get what the other discount gives, and impact.com pays by the end of the one they were of. Retiring or rotating such a code would leave it in Shopify.",
  "only-in-shopify":
    "Somebody added them to a discount of yours: customers use them, and they earn nobody.",
  "works-though-failed":
    "Shopify has made them after all, or somebody else has: customers use them, and they earn nobody.",
  "past-its-end":
    "A discount's codes share its end in Shopify, so a code with an earlier one of its own is retired then. These were not: customers use them, and impact.com pays nobody for it.",
  "other-partner-there": "impact.com pays whoever it names, not the partner named here.",
  "missing-at-impact": "Customers use them, and impact.com pays nobody for it.",
  "not-registered": "Customers use them, and their orders wait to be reported.",
  "ends-differ":
    "Where only impact.com has ended, the partner earns nothing; where only Shopify has, the code is left standing.",
  "only-at-impact":
    "Nobody can use them in this shop. An order elsewhere with such a code would still pay the partner.",
  "two-partners-there":
    "One has the code itself, the other an expression that matches it. impact.com doesn't say which of them it pays.",
  "registered-twice":
    "impact.com doesn't say which of two registrations it pays by, and only one of them would end with the code.",
  "registered-otherwise":
    "A credit policy other than ALWAYS pays nothing without a click, and before its start a registration pays nothing at all.",
  "family-widens":
    "The codes are to earn with a click alone, and impact.com may credit them by the family, which needs none. Retire them, or rotate them to codes that the family doesn't match.",
};

export interface ExplainedDifference {
  difference: CodeDifference;
  /** What each side says. */
  sentence: string;
  repairs: { repair: Repair; plan: RepairPlan }[];
}

/** A difference in words, with what can be done about it and what that does on each side. */
export function explainDifference(difference: CodeDifference, now: Date): ExplainedDifference {
  const names = namesIn(difference, now);
  const repairs = repairsFor(difference).map((repair) => ({
    repair,
    plan: planRepair(repair, difference, names),
  }));
  return { difference, sentence: sentenceFor(difference, names), repairs };
}

function namesIn(difference: CodeDifference, now: Date): Names {
  const { subject, discountTitle, ourPartnerId, theirPartnerId, endsHere } = difference;
  const nameOf = (name: string | null, id: string | null) =>
    name ?? (id ? `partner ${id}` : "nobody");
  return {
    subject,
    discount: discountTitle ?? "a discount",
    ours: nameOf(difference.ourPartner, ourPartnerId),
    theirs: nameOf(difference.theirPartner, theirPartnerId),
    hasEnded: endsHere !== null && endsHere <= now,
  };
}

const UNSAYABLE =
  " It had conditions that can only be set in Shopify, so this app can't make it again as it was.";

function sentenceFor(difference: CodeDifference, names: Names): string {
  const { kind, codeId, codes, isSayable, isShared, familyCodes, discountId } = difference;
  const { subject, discount, ours, theirs, hasEnded } = names;
  const many = codes === 1 ? "1 code" : `${codes.toLocaleString("en-US")} codes`;
  const sentences: Record<CodeDifferenceKind, string> = {
    "discount-deleted": `“${discount}” is gone from Shopify, with its ${many}.${isSayable ? "" : UNSAYABLE}`,
    "discount-deactivated": `“${discount}” was ended in Shopify before its time. It has ${many}.`,
    "discount-ended": `“${discount}” has ended in Shopify. Of its ${many}, ${familyCodes.toLocaleString("en-US")} ${familyCodes === 1 ? "is" : "are"} registered at impact.com as code families.`,
    "family-lost": `impact.com doesn't have the family ${subject} of ${ours}, or only until an end or with another credit policy: it stands for ${many} that customers can use.`,
    "family-unused": `The family ${subject} of ${ours} has no code any more, and its registration was not ended.`,
    "family-twice": `At impact.com ${theirs} has the regular expression ${subject}, beside the registration of a code family of theirs that matches the same codes.`,
    "expression-matches": `At impact.com ${theirs} has the regular expression ${subject}. It matches codes of ${ours} in “${discount}” that customers can use.`,
    "expression-widens": `At impact.com ${theirs} has the regular expression ${subject}, which credits every order. It matches codes of theirs in “${discount}” that are to earn by a credit policy of their own.`,
    "expression-unread": `At impact.com ${theirs} has the regular expression ${subject}. We can't read it: look at it yourself.`,
    "contract-ended": `${ours} has no live contract with your program any more, and ${many} that customers can use.`,
    "missing-in-shopify": `${subject} of ${ours} is a code of “${discount}” here, and Shopify doesn't have it.`,
    "in-other-discount": `${subject} of ${ours} is a code of ${discountId === null ? "a discount that is not managed here" : `“${discount}”`} in Shopify by now. Here it is one of another discount.`,
    "only-in-shopify": codeId
      ? `${subject} was retired here, and “${discount}” in Shopify still has it.`
      : `“${discount}” in Shopify has ${subject}, which is none of your codes here.`,
    "other-partner-there": `${subject} belongs to ${ours} here. impact.com has it registered to ${theirs}.`,
    "missing-at-impact": `${subject} of ${ours} works in Shopify, and impact.com has no such code.`,
    "not-registered": `${subject} of ${ours} works in Shopify, and here it counts as not registered at impact.com, though nobody is about to register it.`,
    "ends-differ": hasEnded
      ? `${subject} has ended in Shopify with “${discount}”. At impact.com it still stands${isShared ? ", by a registration that stands for other codes too" : ""}.`
      : `${subject} works in Shopify. At impact.com it has ended, or ends before “${discount}” does.`,
    "only-at-impact": codeId
      ? `${subject} was retired here. At impact.com it still stands for ${theirs}.`
      : `impact.com has ${subject} registered to ${theirs}. Shopify has no such code.`,
    "two-partners-there": sayPair(difference, names),
    "works-though-failed": `${subject} of ${ours} counts as not made here. Shopify has it in “${discount}”, where customers can use it.`,
    "past-its-end": `The own end of ${subject} of ${ours} is past, and it still works in Shopify with “${discount}”.`,
    "registered-twice": `${subject} is registered to ${ours}, and once more to ${theirs}.`,
    "family-widens": `${subject} of ${ours} is to earn by a credit policy of its own, and at impact.com a code family of theirs, which credits every order, matches it too.`,
    "registered-otherwise": `${subject} is registered to ${ours}${sayTerms(difference)}.`,
  };
  return sentences[kind];
}

function sayTerms({ creditPolicy, startsThere }: CodeDifference): string {
  const policy = creditPolicy
    ? ` with the credit policy ${creditPolicy}, which is not its own`
    : "";
  const start = startsThere
    ? ` only from ${startsThere.toISOString().slice(0, 10)} on, later than customers can use it`
    : "";
  return policy && start ? `${policy}, and${start}` : `${policy}${start}`;
}

function sayPair({ codeId, ourPartnerId }: CodeDifference, { subject, ours, theirs }: Names) {
  if (codeId !== null) {
    return `${subject} is registered to ${ours}, and at impact.com an expression of ${theirs} matches it too.`;
  }
  const other = ourPartnerId === null ? "another partner's expression" : `a code family of ${ours}`;
  const advice =
    ourPartnerId === null
      ? " Neither is this shop's, so neither can be ended here: expire the code or the expression at impact.com, whichever is not to be paid."
      : "";
  return `impact.com has ${subject} registered to ${theirs}, and ${other} matches it too.${advice}`;
}
