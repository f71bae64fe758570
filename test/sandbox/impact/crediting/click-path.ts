import { isActive } from "./match-promo-code.ts";
import type { Conversion } from "./read-conversion.ts";
import type { Rules } from "../rules.ts";
import type { Account, Click, EventType } from "../state.ts";

/** The clicks that led to a conversion, the one that wins by the event type's credit policy first. */
export function clickPath(
  account: Account,
  conversion: Conversion,
  credit: EventType["credit"],
  rules: Rules,
): Click[] {
  const { clickId, customerId, customProfileId } = conversion;
  const path = account.clicks.filter(
    (click) =>
      click.programId === conversion.campaignId &&
      click.at <= conversion.eventDate &&
      ((clickId !== "" && click.id === clickId) ||
        (customerId !== "" && click.customerId === customerId) ||
        (customProfileId !== "" && click.customProfileId === customProfileId)) &&
      (rules.alwaysPartnersClicks === "as all others" || !cameUnderAlways(account, click)),
  );
  path.sort((a, b) => b.at.getTime() - a.at.getTime());
  return credit === "last click" ? path : path.reverse();
}

/** Its partner had an ALWAYS code when it came: one from before was tracked. */
export function cameUnderAlways(account: Account, click: Click): boolean {
  return account.promoCodes.some(
    (code) =>
      code.creditPolicy === "ALWAYS" &&
      code.partnerId === click.partnerId &&
      code.programId === click.programId &&
      isActive(code, click.at),
  );
}
