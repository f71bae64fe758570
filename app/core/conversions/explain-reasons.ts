/**
 * What impact.com's reason codes mean for the merchant and what to do next.
 * Source: the submissions page of impact.com's brand API v14 (reference/impact.md, section 2.3).
 */
const SENTENCES: Record<string, string> = {
  CONTRACT_NOT_FOUND:
    "The partner has no live contract with this program. Offer a contract at impact.com, then try again.",
  PARTNER_NOT_ACTIVE:
    "The partner's account is not active at impact.com. Ask the partner or impact.com, then try again.",
  ACTION_REF_NOT_FOUND:
    "impact.com found nobody to credit. Check that the code is registered to the partner with credit policy ALWAYS.",
  NO_VALID_ACTION_REF:
    "impact.com found nobody to credit. Check that the code is registered to the partner with credit policy ALWAYS.",
  UNCLAIMED:
    "impact.com found nobody to credit. Check that the code is registered to the partner with credit policy ALWAYS.",
  CONV_DUPLICATE:
    "impact.com has an action with this order number already, and it could not be found.",
  BLOCKED_BY_PROMOCODE:
    "The code belongs to another partner at impact.com, so nobody was credited. Check who it is registered to.",
  RESTRICTED_PROMOCODE:
    "The code's credit rule at impact.com moved the sale away from this partner. Check who the code is registered to.",
  OTHER_REF_PRIORITIZED: "impact.com gave another partner's click priority over the code.",
  CREDITING_RULE_MISMATCH: "impact.com's crediting rules gave this sale to nobody.",
  OUTSIDE_ASSOCIATION_WINDOW: "The sale came after the partner's referral window at impact.com.",
  CAMPAIGN_NOT_FOUND:
    "impact.com doesn't know the program. Choose it again on the impact.com page.",
  ACTIONTRACKER_NOT_FOUND:
    "impact.com doesn't know the event type. Choose it again on the impact.com page.",
  ACTIONTRACKER_NOT_ACTIVE:
    "The event type is not active at impact.com. Activate it there, or choose another on the impact.com page.",
  ACTIONTRACKER_CAMPAIGN_MISMATCH:
    "The event type belongs to another program. Choose it again on the impact.com page.",
  ACTIONTERMS_NOT_FOUND:
    "The partner's contract has no payout for this event type. Add one at impact.com, then try again.",
  REFTYPE_NOT_ACCEPTED:
    "The event type doesn't take promo codes. Tick Promo Code in its settings at impact.com, then try again.",
  NO_ITEM: "impact.com wanted items and got none.",
  MALFORMED: "impact.com could not read the conversion. Please tell our support.",
  CONV_MALFORMED: "impact.com could not read the conversion. Please tell our support.",
};

/** One sentence for a list of reason codes; an undocumented code is shown as it is. */
export function explainReasons(reasons: readonly string[]): string {
  const sentences = reasons.map((reason) =>
    Object.hasOwn(SENTENCES, reason)
      ? SENTENCES[reason]
      : `impact.com refused the conversion: ${reason}.`,
  );
  return [...new Set(sentences)].join(" ");
}
