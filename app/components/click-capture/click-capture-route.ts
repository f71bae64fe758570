/** Answers for all parts of the card on Home. */
export const CLICK_CAPTURE = "/app/click-capture";
