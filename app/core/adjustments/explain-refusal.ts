/**
 * What impact.com's reason codes mean where it would not change or reverse an action, and what to do.
 * Source: the submissions page of impact.com's brand API v14 (reference/impact.md, section 2.3).
 */
const LOOK_UP =
  "Look the order up at impact.com, change the action there if need be, then try again.";
const NO_ACTION = `impact.com found no action to change for this order. ${LOOK_UP}`;
const PROGRAM =
  "Check at impact.com whether the program and its event type are still active, then try again.";

const SENTENCES: Record<string, string> = {
  ACTION_REF_NOT_FOUND: NO_ACTION,
  NO_VALID_ACTION_REF: `impact.com takes no more changes to this action, as after 1,000 of them. ${LOOK_UP}`,
  UNCLAIMED: NO_ACTION,
  OID_MISSING: NO_ACTION,
  NO_ITEM: `impact.com's action lacks an item that was reported. ${LOOK_UP}`,
  CONTRACT_NOT_FOUND:
    "The partner has no live contract with this program any more, so impact.com can't work out the new commission. Offer a contract at impact.com, then try again.",
  PARTNER_NOT_ACTIVE:
    "The partner's account is no longer active at impact.com. Ask the partner or impact.com, then try again.",
  ACTIONTERMS_NOT_FOUND:
    "The partner's contract has no payout for this event type any more. Add one at impact.com, then try again.",
  CAMPAIGN_NOT_FOUND: `impact.com doesn't know the program any more. ${PROGRAM}`,
  ACTIONTRACKER_NOT_FOUND: `impact.com doesn't know the event type any more. ${PROGRAM}`,
  ACTIONTRACKER_NOT_ACTIVE: `The event type is no longer active at impact.com. ${PROGRAM}`,
  ACTIONTRACKER_CAMPAIGN_MISMATCH: `The event type now belongs to another program. ${PROGRAM}`,
  MALFORMED: `impact.com could not read the change. ${LOOK_UP} Please tell our support.`,
  CONV_MALFORMED: `impact.com could not read the change. ${LOOK_UP} Please tell our support.`,
};

/** One sentence or more for a list of reason codes; an undocumented code is shown as it is. */
export function explainRefusal(reasons: readonly string[]): string {
  if (reasons.length === 0) {
    return `impact.com no longer knows what became of the change. ${LOOK_UP}`;
  }
  const sentences = reasons.map((reason) =>
    Object.hasOwn(SENTENCES, reason)
      ? SENTENCES[reason]
      : `impact.com refused the change: ${reason}. ${LOOK_UP}`,
  );
  return [...new Set(sentences)].join(" ");
}
