import { actionState } from "../actions/action-state.ts";
import { totalOf } from "../actions/total-of.ts";
import { exchange } from "../exchange.ts";
import { writeMinor } from "../money.ts";
import type { Account, Action, ActionItem } from "../state.ts";

/** Amounts are in the account's default currency, not in the order's (impact.md §6). */
export function actionView(account: Account, action: Action, now: Date) {
  const program = account.programs.find(({ id }) => id === action.programId);
  const eventType = program?.eventTypes.find(({ id }) => id === action.eventTypeId);
  const total = totalOf(action.items);
  const money = (minor: number) => amount(account, action, minor);
  return {
    Id: action.id,
    CampaignId: action.programId,
    CampaignName: program?.name,
    ActionTrackerId: action.eventTypeId,
    ActionTrackerName: eventType?.name,
    EventCode: eventType?.code,
    MediaPartnerId: action.partnerId,
    MediaPartnerName: account.partners.find(({ id }) => id === action.partnerId)?.name,
    State: actionState(action, now),
    AdId: null,
    ClientCost: money(total.payoutMinor),
    Payout: money(total.payoutMinor),
    DeltaPayout: money(action.delta.payoutMinor),
    IntendedPayout: money(action.intended.payoutMinor),
    Amount: money(total.amountMinor),
    DeltaAmount: money(action.delta.amountMinor),
    IntendedAmount: money(action.intended.amountMinor),
    Currency: account.currency,
    ReferringDate: action.clickedAt,
    EventDate: action.eventDate,
    CreationDate: action.createdAt,
    LockingDate: action.lockingDate,
    ClearedDate: null,
    ReferringType: action.because === "promo code" ? "PROMO_CODE" : "CLICK_COOKIE",
    ReferringDomain: "",
    PromoCode: action.promoCode,
    Oid: action.orderId,
    CustomerId: action.customerId,
    CustomerStatus: action.customerStatus,
    Note: action.note,
    Uri: uriOf(account, action),
  };
}

export function actionItemView(account: Account, action: Action, item: ActionItem) {
  return {
    Sku: item.sku,
    ItemName: item.name,
    Category: item.category,
    Quantity: item.quantity,
    SaleAmount: amount(account, action, item.amountMinor),
    SaleAmountCurrency: account.currency,
    Payout: amount(account, action, item.payoutMinor),
    PayoutCurrency: account.currency,
    Rebate: null,
    RebateCurrency: "",
    AdjustmentDate: item.adjustment?.at,
    AdjustmentReason: item.adjustment?.reason,
    Uri: `${uriOf(account, action)}/Items/${encodeURIComponent(item.sku)}`,
  };
}

/** A number, so that it is rendered like other scalars. */
function amount(account: Account, action: Action, minor: number): number {
  return Number(writeMinor(exchange(account, minor, action.currency), account.currency));
}

function uriOf(account: Account, action: Action): string {
  return `/Advertisers/${account.sid}/Actions/${action.id}`;
}
