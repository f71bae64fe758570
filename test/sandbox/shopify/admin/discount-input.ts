import { GraphQLError } from "graphql";
import { toMinor } from "#test/sandbox/shopify/admin/minor-units.ts";
import { legacyId } from "#test/sandbox/shopify/admin/global-id.ts";
import type { Discount, DiscountValue, EntitledItems, Shop } from "#test/sandbox/shopify/state.ts";

interface PurchasesInput {
  appliesOnOneTimePurchase?: boolean | null;
  appliesOnSubscription?: boolean | null;
}

export interface ItemsInput {
  all?: boolean | null;
  products?: {
    productsToAdd?: string[] | null;
    productsToRemove?: string[] | null;
    productVariantsToAdd?: unknown;
    productVariantsToRemove?: unknown;
  } | null;
  collections?: { add?: string[] | null; remove?: string[] | null } | null;
}

/**
 * DiscountCodeBasicInput, or DiscountCodeFreeShippingInput with its own part in `freeShipping`, as the
 * schema coerces it; dates are Dates, decimals strings.
 */
export interface DiscountInput {
  title?: string | null;
  code?: string | null;
  startsAt?: Date | null;
  endsAt?: Date | null;
  usageLimit?: number | null;
  appliesOncePerCustomer?: boolean | null;
  recurringCycleLimit?: number | null;
  tags?: string[] | null;
  context?: {
    all?: string | null;
    customerSegments?: { add?: string[] | null; remove?: string[] | null } | null;
    customers?: unknown;
    markets?: unknown;
  } | null;
  customerSelection?: { all?: boolean | null } | null;
  combinesWith?: {
    orderDiscounts?: boolean | null;
    productDiscounts?: boolean | null;
    shippingDiscounts?: boolean | null;
    productDiscountsWithTagsOnSameCartLine?: unknown;
  } | null;
  minimumRequirement?: {
    quantity?: { greaterThanOrEqualToQuantity?: string | null } | null;
    subtotal?: { greaterThanOrEqualToSubtotal?: string | null } | null;
  } | null;
  freeShipping?: { maximumShippingPrice?: string | null };
  customerGets?:
    | (PurchasesInput & {
        value?: {
          percentage?: number | null;
          discountAmount?: { amount?: string | null; appliesOnEachItem?: boolean | null } | null;
          discountOnQuantity?: unknown;
        } | null;
        items?: ItemsInput | null;
      })
    | null;
}

/** DiscountCodeFreeShippingInput: its own part apart, all else as in DiscountCodeBasicInput. */
export type FreeShippingInput = Omit<DiscountInput, "customerGets" | "freeShipping"> &
  PurchasesInput & {
    maximumShippingPrice?: string | null;
    destination?: { all?: boolean | null; countries?: unknown } | null;
  };

export function fromFreeShipping(input: FreeShippingInput): DiscountInput {
  const { maximumShippingPrice, appliesOnOneTimePurchase, appliesOnSubscription, ...same } = input;
  const { destination, ...rest } = same;
  if (destination?.countries) {
    throw new GraphQLError("The Shopify stand-in does not hold countries of a discount.");
  }
  return {
    ...rest,
    freeShipping: maximumShippingPrice === undefined ? {} : { maximumShippingPrice },
    customerGets: {
      ...(appliesOnOneTimePurchase !== undefined && { appliesOnOneTimePurchase }),
      ...(appliesOnSubscription !== undefined && { appliesOnSubscription }),
    },
  };
}

/** What a merchant may set but this stand-in does not hold must not pass in silence. */
export function refuseUnheldSettings(input: DiscountInput): void {
  const items = input.customerGets?.items;
  const { products } = items ?? {};
  const unheld: [string, unknown][] = [
    ["customerGets.items.products.productVariantsToAdd", products?.productVariantsToAdd],
    ["customerGets.items.products.productVariantsToRemove", products?.productVariantsToRemove],
    ["customerGets.value.discountOnQuantity", input.customerGets?.value?.discountOnQuantity],
    ["context.customers", input.context?.customers],
    ["context.markets", input.context?.markets],
    [
      "combinesWith.productDiscountsWithTagsOnSameCartLine",
      input.combinesWith?.productDiscountsWithTagsOnSameCartLine,
    ],
  ];
  const used = unheld.find(([, value]) => value);
  if (!used) return;
  throw new GraphQLError(`The Shopify stand-in does not hold ${used[0]} of a discount.`);
}

function valueOf(
  input: DiscountInput,
  before: DiscountValue,
  shop: Shop,
): DiscountValue | undefined {
  if (input.freeShipping) {
    const { maximumShippingPrice: most } = input.freeShipping;
    const kept = before.kind === "free-shipping" ? (before.mostMinor ?? null) : null;
    if (most === undefined) return { kind: "free-shipping", mostMinor: kept };
    return {
      kind: "free-shipping",
      mostMinor: most === null ? null : toMinor(most, shop.currency),
    };
  }
  const value = input.customerGets?.value;
  if (value?.discountAmount) {
    const { amount, appliesOnEachItem } = value.discountAmount;
    const minor = toMinor(amount ?? "0", shop.currency);
    return { kind: "amount", minor, onEachItem: appliesOnEachItem ?? false };
  }
  return typeof value?.percentage === "number"
    ? { kind: "percentage", fraction: value.percentage }
    : undefined;
}

/** What is added joins what is there, unless that is of the other kind. */
export function itemsAfter(
  { customerGets }: DiscountInput,
  discount: Discount | null,
): EntitledItems | null {
  const before = discount?.items ?? null;
  const items = customerGets?.items;
  if (!items || items.all) return items?.all ? null : before;
  const { products, collections } = items;
  const idsBefore = (kind: EntitledItems["kind"]) => (before?.kind === kind ? before.ids : []);
  const of = (kind: EntitledItems["kind"], add: Ids, remove: Ids): EntitledItems => ({
    kind,
    ids: changedIds(idsBefore(kind), add, remove),
  });
  const ofProducts = of("products", products?.productsToAdd, products?.productsToRemove);
  const ofCollections = of("collections", collections?.add, collections?.remove);
  if (ofProducts.ids.length === 0) return collections ? ofCollections : ofProducts;
  return ofProducts;
}

type Ids = readonly string[] | null | undefined;

function changedIds(before: readonly string[], add: Ids, remove: Ids): string[] {
  const removed = new Set((remove ?? []).map(legacyId));
  const added = (add ?? []).map(legacyId);
  return [...new Set([...before.filter((id) => !removed.has(id)), ...added])];
}

export function segmentsAfter(
  { context }: DiscountInput,
  discount: Discount | null,
): string[] | null {
  const before = discount?.segments ?? null;
  if (!context?.customerSegments) return context ? null : before;
  const { add, remove } = context.customerSegments;
  return changedIds(before ?? [], add, remove);
}

export function purchasesAfter({ customerGets }: DiscountInput, discount: Discount | null) {
  const before = discount?.purchases ?? { oneTime: true, subscription: false };
  return {
    oneTime: customerGets?.appliesOnOneTimePurchase ?? before.oneTime,
    subscription: customerGets?.appliesOnSubscription ?? before.subscription,
  };
}

function minimumOf(input: DiscountInput, shop: Shop): Discount["minimum"] {
  const quantity = input.minimumRequirement?.quantity?.greaterThanOrEqualToQuantity;
  if (quantity) return { kind: "quantity", quantity: Number(quantity) };
  const subtotal = input.minimumRequirement?.subtotal?.greaterThanOrEqualToSubtotal;
  return subtotal ? { kind: "subtotal", minor: toMinor(subtotal, shop.currency) } : null;
}

/** Writes a checked input over a discount; what it leaves out stays as it is. */
export function applyInput(discount: Discount, input: DiscountInput, shop: Shop, now: Date): void {
  discount.title = input.title ?? discount.title;
  discount.value = valueOf(input, discount.value, shop) ?? discount.value;
  discount.items = itemsAfter(input, discount);
  discount.segments = segmentsAfter(input, discount);
  discount.purchases = purchasesAfter(input, discount);
  if (input.recurringCycleLimit !== undefined) discount.cycleLimit = input.recurringCycleLimit;
  discount.startsAt = input.startsAt ?? discount.startsAt;
  if (input.endsAt !== undefined) discount.endsAt = input.endsAt;
  if (input.usageLimit !== undefined) discount.usageLimit = input.usageLimit;
  discount.oncePerCustomer = input.appliesOncePerCustomer ?? discount.oncePerCustomer;
  if (input.minimumRequirement !== undefined) discount.minimum = minimumOf(input, shop);
  if (input.combinesWith) {
    discount.combinesWith = {
      order: input.combinesWith.orderDiscounts ?? false,
      product: input.combinesWith.productDiscounts ?? false,
      shipping: input.combinesWith.shippingDiscounts ?? false,
    };
  }
  discount.tags = input.tags ?? discount.tags;
  discount.updatedAt = now;
}
