import { indexedBy } from "#test/sandbox/derived.ts";
import { actionState } from "../actions/action-state.ts";
import { totalOf } from "../actions/total-of.ts";
import { exchange } from "../exchange.ts";
import { writeMinor } from "../money.ts";
import type { Account, Action, ActionItem, Partner } from "../state.ts";

type Facts = ReturnType<typeof factsOf>;
type View = ReturnType<typeof viewOf>;

const partnersById = indexedBy(({ id }: Partner) => id);
const views = new WeakMap<Action, { facts: Facts; view: View }>();

/**
 * Amounts are in the account's default currency, not in the order's (impact.md §6). An action that
 * says what it said before is the same frozen object, which is written once.
 */
export function actionView(account: Account, action: Action, now: Date): View {
  const facts = factsOf(account, action, now);
  const known = views.get(action);
  if (known && isSame(known.facts, facts)) return known.view;
  const view = Object.freeze(viewOf(account, action, facts));
  views.set(action, { facts, view });
  return view;
}

/** All that a view depends on and that can change, as values to compare. */
function factsOf(account: Account, action: Action, now: Date) {
  const program = account.programs.find(({ id }) => id === action.programId);
  const eventType = program?.eventTypes.find(({ id }) => id === action.eventTypeId);
  const { amountMinor, payoutMinor } = totalOf(action.items);
  return {
    id: action.id,
    programId: action.programId,
    programName: program?.name,
    eventTypeId: action.eventTypeId,
    eventTypeName: eventType?.name,
    eventCode: eventType?.code,
    partnerId: action.partnerId,
    partnerName: partnersById(account.partners, action.partnerId)[0]?.name,
    state: actionState(action, now),
    amountMinor,
    payoutMinor,
    deltaAmountMinor: action.delta.amountMinor,
    deltaPayoutMinor: action.delta.payoutMinor,
    intendedAmountMinor: action.intended.amountMinor,
    intendedPayoutMinor: action.intended.payoutMinor,
    currency: action.currency,
    accountCurrency: account.currency,
    exchangeRate: account.exchangeRates[action.currency],
    clickedAt: action.clickedAt?.getTime(),
    eventDate: action.eventDate.getTime(),
    createdAt: action.createdAt.getTime(),
    lockingDate: action.lockingDate.getTime(),
    because: action.because,
    promoCode: action.promoCode,
    orderId: action.orderId,
    customerId: action.customerId,
    customerStatus: action.customerStatus,
    note: action.note,
    sid: account.sid,
  };
}

function isSame(one: Facts, other: Facts): boolean {
  for (const name in one) {
    if (one[name as keyof Facts] !== other[name as keyof Facts]) return false;
  }
  return true;
}

function viewOf(account: Account, action: Action, facts: Facts) {
  const money = (minor: number) => amount(account, action, minor);
  return {
    Id: facts.id,
    CampaignId: facts.programId,
    CampaignName: facts.programName,
    ActionTrackerId: facts.eventTypeId,
    ActionTrackerName: facts.eventTypeName,
    EventCode: facts.eventCode,
    MediaPartnerId: facts.partnerId,
    MediaPartnerName: facts.partnerName,
    State: facts.state,
    AdId: null,
    ClientCost: money(facts.payoutMinor),
    Payout: money(facts.payoutMinor),
    DeltaPayout: money(facts.deltaPayoutMinor),
    IntendedPayout: money(facts.intendedPayoutMinor),
    Amount: money(facts.amountMinor),
    DeltaAmount: money(facts.deltaAmountMinor),
    IntendedAmount: money(facts.intendedAmountMinor),
    Currency: facts.accountCurrency,
    ReferringDate: action.clickedAt,
    EventDate: action.eventDate,
    CreationDate: action.createdAt,
    LockingDate: action.lockingDate,
    ClearedDate: null,
    ReferringType: facts.because === "promo code" ? "PROMO_CODE" : "CLICK_COOKIE",
    ReferringDomain: "",
    PromoCode: facts.promoCode,
    Oid: facts.orderId,
    CustomerId: facts.customerId,
    CustomerStatus: facts.customerStatus,
    Note: facts.note,
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
