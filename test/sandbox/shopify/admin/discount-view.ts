import type { AdminContext } from "#test/sandbox/shopify/admin/admin-context.ts";
import { connection } from "#test/sandbox/shopify/admin/connection.ts";
import type { PageArguments, Placed } from "#test/sandbox/shopify/admin/connection.ts";
import { countView } from "#test/sandbox/shopify/admin/count-view.ts";
import { contextView, itemsView } from "#test/sandbox/shopify/admin/discount-items-view.ts";
import { discountStatus } from "#test/sandbox/shopify/admin/discount-status.ts";
import { discountSummary } from "#test/sandbox/shopify/admin/discount-summary.ts";
import { legacyId } from "#test/sandbox/shopify/admin/global-id.ts";
import { moneyView } from "#test/sandbox/shopify/admin/minor-units.ts";
import { redeemCodesOf } from "#test/sandbox/shopify/admin/redeem-codes.ts";
import { searchFilter } from "#test/sandbox/shopify/admin/search-query.ts";
import { discountClass } from "#test/sandbox/shopify/checkout/refuse-code.ts";
import type { BasicDiscountValue, Discount, RedeemCode } from "#test/sandbox/shopify/state.ts";

type CodesArguments = PageArguments & { query?: string | null; sortKey?: string | null };

export function redeemCodeView(code: RedeemCode) {
  return { id: code.id, code: code.code, asyncUsageCount: code.timesUsed };
}

function placeCode(code: RedeemCode, sortKey: string | null | undefined): Placed<RedeemCode> {
  const id = legacyId(code.id);
  return { item: code, id, value: sortKey === "CODE" ? code.code.toUpperCase() : 0 };
}

/** A search is answered by an index, which may come late. */
function listedCodes(context: AdminContext, { id }: Discount, isSearch: boolean): RedeemCode[] {
  const { shop, redeemCodesAreIndexed, removedCodesAreFound, redeemCodesAreListed } = context;
  const codes = redeemCodesOf(shop, id);
  if (!isSearch) return redeemCodesAreListed ? codes : [];
  const gone = shop.removedCodes.filter(({ discountId }) => discountId === id);
  return [...(redeemCodesAreIndexed ? codes : []), ...(removedCodesAreFound ? gone : [])];
}

function codesView(context: AdminContext, discount: Discount, args: CodesArguments) {
  const fields = { times_used: (code: RedeemCode) => code.timesUsed };
  const matches = searchFilter<RedeemCode>(args.query, fields, ({ code }) => code);
  const codes = listedCodes(context, discount, Boolean(args.query)).filter(matches);
  const placed = codes.map((code) => placeCode(code, args.sortKey));
  return connection(placed, args, redeemCodeView);
}

function valueView(value: BasicDiscountValue, currency: string) {
  return value.kind === "percentage"
    ? { __typename: "DiscountPercentage", percentage: value.fraction }
    : {
        __typename: "DiscountAmount",
        amount: moneyView(value.minor, currency),
        appliesOnEachItem: value.onEachItem,
      };
}

function minimumView({ minimum }: Discount, currency: string) {
  if (!minimum) return null;
  return minimum.kind === "quantity"
    ? {
        __typename: "DiscountMinimumQuantity",
        greaterThanOrEqualToQuantity: String(minimum.quantity),
      }
    : {
        __typename: "DiscountMinimumSubtotal",
        greaterThanOrEqualToSubtotal: moneyView(minimum.minor, currency),
      };
}

/** The parts of a discount that its shop's money and calendar do not touch. */
function settingsView(discount: Discount) {
  return {
    title: discount.title,
    startsAt: discount.startsAt,
    endsAt: discount.endsAt,
    createdAt: discount.createdAt,
    updatedAt: discount.updatedAt,
    usageLimit: discount.usageLimit,
    appliesOncePerCustomer: discount.oncePerCustomer,
    tags: discount.tags,
    discountClasses: [discountClass(discount).toUpperCase()],
    combinesWith: {
      orderDiscounts: discount.combinesWith.order,
      productDiscounts: discount.combinesWith.product,
      shippingDiscounts: discount.combinesWith.shipping,
    },
  };
}

/** What every kind of code discount shows. */
function codeDiscountView(context: AdminContext, discount: Discount) {
  const { shop, now } = context;
  const codes = () => redeemCodesOf(shop, discount.id);
  return {
    ...settingsView(discount),
    status: discountStatus(discount, now),
    summary: discountSummary(discount, shop.currency),
    shortSummary: discountSummary(discount, shop.currency),
    asyncUsageCount: () => codes().reduce((sum, code) => sum + code.timesUsed, 0),
    codes: (args: CodesArguments) => codesView(context, discount, args),
    codesCount: () => countView(codes().length, context.codesAreCountedTo),
    minimumRequirement: minimumView(discount, shop.currency),
    context: contextView(discount, shop),
    recurringCycleLimit: discount.cycleLimit ?? null,
  };
}

function discountView(context: AdminContext, discount: Discount) {
  const { value } = discount;
  const common = codeDiscountView(context, discount);
  const { oneTime = true, subscription = false } = discount.purchases ?? {};
  const purchases = { appliesOnOneTimePurchase: oneTime, appliesOnSubscription: subscription };
  if (value.kind === "free-shipping") {
    const most = value.mostMinor ?? null;
    return {
      __typename: "DiscountCodeFreeShipping",
      ...common,
      ...purchases,
      maximumShippingPrice: most === null ? null : moneyView(most, context.shop.currency),
      destinationSelection: value.countries
        ? { __typename: "DiscountCountries", countries: value.countries }
        : { __typename: "DiscountCountryAll", allCountries: true },
    };
  }
  return {
    __typename: "DiscountCodeBasic",
    ...common,
    customerGets: {
      value: valueView(value, context.shop.currency),
      items: itemsView(discount, context.shop),
      ...purchases,
    },
  };
}

/** DiscountCodeNode */
export function discountNodeView(context: AdminContext, discount: Discount) {
  return { id: discount.id, codeDiscount: () => discountView(context, discount) };
}
