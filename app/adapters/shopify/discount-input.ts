import type {
  Chosen,
  DiscountBuyers,
  DiscountItems,
  DiscountTerms,
} from "#app/core/codes/discount.ts";
import { toDecimal } from "#app/core/money.ts";

/**
 * DiscountCodeBasicInput or DiscountCodeFreeShippingInput (Admin API 2026-07) that leads from one set
 * of terms to another; `from` is null where the discount is made. Lists are told as what changes.
 */
export function termsInput(
  from: DiscountTerms | null,
  to: DiscountTerms,
  tags: readonly string[],
): Record<string, unknown> {
  const common = {
    title: to.title,
    tags,
    startsAt: to.startsAt.toISOString(),
    endsAt: to.endsAt?.toISOString() ?? null,
    usageLimit: to.usageLimit,
    appliesOncePerCustomer: to.oncePerCustomer,
    combinesWith: {
      orderDiscounts: to.combines,
      productDiscounts: to.combinesProducts,
      shippingDiscounts: to.combinesShipping,
    },
    ...contextInput(from?.buyers ?? null, to.buyers),
    ...minimumInput(from, to),
    ...cyclesInput(from, to),
  };
  const { value, currency } = to;
  if (value.kind !== "free-shipping") {
    return { ...common, customerGets: customerGets(from, to) };
  }
  const most = value.mostMinor === null ? null : toDecimal({ minor: value.mostMinor, currency });
  return {
    ...common,
    ...purchasesInput(from, to),
    maximumShippingPrice: most,
    ...(from === null && { destination: { all: true } }),
  };
}

function customerGets(from: DiscountTerms | null, to: DiscountTerms) {
  return {
    value: valueInput(to),
    ...itemsInput(from?.items ?? null, to.items),
    ...purchasesInput(from, to),
  };
}

function valueInput({ value, currency }: DiscountTerms) {
  switch (value.kind) {
    case "percentage":
      return { percentage: value.basisPoints / 10_000 };
    case "amount":
    case "amount-each": {
      const amount = toDecimal({ minor: value.minor, currency });
      return { discountAmount: { amount, appliesOnEachItem: value.kind === "amount-each" } };
    }
    case "free-shipping":
    case "other":
      throw new Error(`a discount of ${value.kind} has no such value`);
  }
}

function itemsInput(from: DiscountItems | null, to: DiscountItems) {
  if (to.kind === "other") throw new Error("only a merchant chooses such items");
  if (to.kind === "all") return from?.kind === "all" ? {} : { items: { all: true } };
  const products = changed(idsOf(from, "products"), idsOf(to, "products"));
  const collections = changed(idsOf(from, "collections"), idsOf(to, "collections"));
  const items = {
    ...(products && {
      products: { productsToAdd: products.added, productsToRemove: products.removed },
    }),
    ...(collections && {
      collections: { add: collections.added, remove: collections.removed },
    }),
  };
  return (products ?? collections) ? { items } : {};
}

function contextInput(from: DiscountBuyers | null, to: DiscountBuyers) {
  if (to.kind === "other") throw new Error("only a merchant chooses such customers");
  if (to.kind === "all") return from?.kind === "all" ? {} : { context: { all: "ALL" } };
  const segments = changed(idsOf(from, "segments"), idsOf(to, "segments"));
  if (!segments) return {};
  const customerSegments = { add: segments.added, remove: segments.removed };
  return { context: { customerSegments } };
}

function idsOf(list: { kind: string; chosen?: Chosen[] } | null, kind: string): string[] {
  return list?.kind === kind ? (list.chosen ?? []).map(({ id }) => id) : [];
}

/** Null where nothing changes. */
function changed(from: readonly string[], to: readonly string[]) {
  const added = to.filter((id) => !from.includes(id));
  const removed = from.filter((id) => !to.includes(id));
  return added.length + removed.length === 0 ? null : { added, removed };
}

/** What was set before and is not any more is told as null: Shopify keeps what is left out. */
function minimumInput(from: DiscountTerms | null, to: DiscountTerms) {
  const { minimumMinor: minor, currency } = to;
  const subtotal = minor === null ? null : toDecimal({ minor, currency });
  const quantity = to.minimumQuantity === null ? null : String(to.minimumQuantity);
  const minimumRequirement = {
    ...((subtotal ?? from?.minimumMinor ?? null) !== null && {
      subtotal: { greaterThanOrEqualToSubtotal: subtotal },
    }),
    ...((quantity ?? from?.minimumQuantity ?? null) !== null && {
      quantity: { greaterThanOrEqualToQuantity: quantity },
    }),
  };
  return Object.keys(minimumRequirement).length > 0 ? { minimumRequirement } : {};
}

/** Only where subscriptions are meant, or were: a shop that sells none need not know of them. */
function purchasesInput(from: DiscountTerms | null, to: DiscountTerms) {
  if (to.purchases === "one-time" && (from?.purchases ?? "one-time") === "one-time") return {};
  return {
    appliesOnOneTimePurchase: to.purchases !== "subscription",
    appliesOnSubscription: to.purchases !== "one-time",
  };
}

/** Shopify wants 1 where it is not for subscriptions; 0 is all payments. */
function cyclesInput(from: DiscountTerms | null, to: DiscountTerms) {
  if (to.purchases === "one-time" && (from?.purchases ?? "one-time") === "one-time") return {};
  return { recurringCycleLimit: to.purchases === "one-time" ? 1 : (to.cycles ?? 0) };
}
