/**
 * What impact.com's reason codes mean for the merchant and what to do next.
 * Source: the submissions page of impact.com's brand API v14 (reference/impact.md, section 2.3).
 */
const NOBODY =
  "impact.com found nobody to credit. Check that the code is registered to the partner with credit policy ALWAYS, then try again. If it was registered only after the order was placed, that may be why, and trying again can't help.";
const UNREADABLE =
  "impact.com could not read the conversion. Try again; if it stays, please tell our support.";
const CALLS_ONLY =
  "The event type is one for phone calls. Choose an online sale on the impact.com page, then try again.";

const SENTENCES: Record<string, string> = {
  CONTRACT_NOT_FOUND:
    "The partner has no live contract with this program. Offer a contract at impact.com, then try again.",
  PARTNER_NOT_ACTIVE:
    "The partner's account is not active at impact.com. Ask the partner or impact.com, then try again.",
  ACTION_REF_NOT_FOUND: NOBODY,
  NO_VALID_ACTION_REF: NOBODY,
  UNCLAIMED: NOBODY,
  CONV_DUPLICATE:
    "impact.com has an action with this order number already, and it could not be found. Look the order number up at impact.com; another app may have reported it.",
  BLOCKED_BY_PROMOCODE:
    "The code belongs to another partner at impact.com, so nobody was credited. Check who it is registered to, then try again.",
  RESTRICTED_PROMOCODE:
    "The code's credit rule at impact.com moved the sale away from this partner. Check who the code is registered to, then try again.",
  OTHER_REF_PRIORITIZED:
    "impact.com gave another partner's click priority over the code. If the code shall win, check its credit policy at impact.com.",
  CREDITING_RULE_MISMATCH:
    "impact.com's crediting rules gave this sale to nobody. Check the crediting rules of the event type at impact.com, then try again.",
  OUTSIDE_ASSOCIATION_WINDOW:
    "The sale came after the partner's referral window at impact.com. Make the window in the partner's contract longer, then try again.",
  MAX_RECURRENCES_REACHED:
    "The partner's contract pays for no more orders of this customer. Raise that number in the contract at impact.com, then try again.",
  BLACKLISTED_SOURCE_IP:
    "The customer's country or address is restricted at impact.com. If it shouldn't be, have that lifted there, then try again.",
  OID_MISSING: UNREADABLE,
  CALL_DUPLICATE: CALLS_ONLY,
  CALL_DURATION_TOO_SHORT: CALLS_ONLY,
  CALL_FOR_CALL_PER_CONV_AT: CALLS_ONLY,
  CALL_INCOMPLETE: CALLS_ONLY,
  CALL_OUTSIDE_DAILY_RANGE: CALLS_ONLY,
  CAMPAIGN_NOT_FOUND:
    "impact.com doesn't know the program. Choose it again on the impact.com page, then try again.",
  ACTIONTRACKER_NOT_FOUND:
    "impact.com doesn't know the event type. Choose it again on the impact.com page, then try again.",
  ACTIONTRACKER_NOT_ACTIVE:
    "The event type is not active at impact.com. Activate it there, or choose another on the impact.com page, then try again.",
  ACTIONTRACKER_CAMPAIGN_MISMATCH:
    "The event type belongs to another program. Choose it again on the impact.com page, then try again.",
  ACTIONTERMS_NOT_FOUND:
    "The partner's contract has no payout for this event type. Add one at impact.com, then try again.",
  REFTYPE_NOT_ACCEPTED:
    "The partner's contract or the event type takes no promo codes. Allow them at impact.com, then try again.",
  NO_ITEM:
    "impact.com wanted items and got none. Look at what the order holds in Shopify, then try again.",
  MALFORMED: UNREADABLE,
  CONV_MALFORMED: UNREADABLE,
};

/** Nothing that was sent led impact.com to a partner. */
export function foundNobody(reasons: readonly string[]): boolean {
  return reasons.some((reason) => SENTENCES[reason] === NOBODY);
}

const NO_CLICK =
  "impact.com found nobody to credit for the click, so nobody is paid for the order. It may be of another program, of nobody at all, or of a partner whose clicks impact.com doesn't keep because a code of theirs has credit policy ALWAYS. Only if you know that partner, pay them by hand at impact.com.";

const NO_CLICK_ID =
  "impact.com could not read it. It was reported by a click id alone, which may be none of impact.com's: then nobody is owed anything for it. If links of your partners carry such ids, try again; if it stays, please tell our support.";

/** What means something else where a click alone was sent. */
const OF_A_CLICK: Record<string, string> = {
  ACTION_REF_NOT_FOUND: NO_CLICK,
  NO_VALID_ACTION_REF: NO_CLICK,
  UNCLAIMED: NO_CLICK,
  MALFORMED: NO_CLICK_ID,
};

/**
 * One sentence for a list of reason codes; an undocumented code is shown as it is. `code` is the code
 * that was sent, null where a click alone was.
 */
export function explainReasons(reasons: readonly string[], code?: string | null): string {
  const known = code === null ? { ...SENTENCES, ...OF_A_CLICK } : SENTENCES;
  const sentences = reasons.map((reason) =>
    Object.hasOwn(known, reason) ? known[reason] : `impact.com refused the conversion: ${reason}.`,
  );
  return [...new Set(sentences)].join(" ");
}
