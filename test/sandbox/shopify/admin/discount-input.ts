import { GraphQLError } from "graphql";
import { toMinor } from "#test/sandbox/shopify/admin/minor-units.ts";
import type { Discount, DiscountValue, Shop } from "#test/sandbox/shopify/state.ts";

/** DiscountCodeBasicInput as the schema coerces it; dates are Dates, decimals strings. */
export interface DiscountInput {
  title?: string | null;
  code?: string | null;
  startsAt?: Date | null;
  endsAt?: Date | null;
  usageLimit?: number | null;
  appliesOncePerCustomer?: boolean | null;
  recurringCycleLimit?: number | null;
  tags?: string[] | null;
  context?: { all?: string | null } | null;
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
  customerGets?: {
    value?: {
      percentage?: number | null;
      discountAmount?: { amount?: string | null; appliesOnEachItem?: boolean | null } | null;
      discountOnQuantity?: unknown;
    } | null;
    items?: { all?: boolean | null; products?: unknown; collections?: unknown } | null;
    appliesOnOneTimePurchase?: boolean | null;
    appliesOnSubscription?: boolean | null;
  } | null;
}

/** What a merchant may set but this stand-in does not hold must not pass in silence. */
export function refuseUnheldSettings(input: DiscountInput): void {
  const items = input.customerGets?.items;
  const unheld: [string, unknown][] = [
    ["customerGets.items.products", items?.products],
    ["customerGets.items.collections", items?.collections],
    ["customerGets.value.discountOnQuantity", input.customerGets?.value?.discountOnQuantity],
    ["customerGets.appliesOnSubscription", input.customerGets?.appliesOnSubscription],
    ["recurringCycleLimit", input.recurringCycleLimit],
    ["context (other than all)", input.context && input.context.all !== "ALL"],
    [
      "combinesWith.productDiscountsWithTagsOnSameCartLine",
      input.combinesWith?.productDiscountsWithTagsOnSameCartLine,
    ],
  ];
  const used = unheld.find(([, value]) => value);
  if (!used) return;
  throw new GraphQLError(`The Shopify stand-in does not hold ${used[0]} of a discount.`);
}

function valueOf(input: DiscountInput, shop: Shop): DiscountValue | undefined {
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

function minimumOf(input: DiscountInput, shop: Shop): Discount["minimum"] {
  const quantity = input.minimumRequirement?.quantity?.greaterThanOrEqualToQuantity;
  if (quantity) return { kind: "quantity", quantity: Number(quantity) };
  const subtotal = input.minimumRequirement?.subtotal?.greaterThanOrEqualToSubtotal;
  return subtotal ? { kind: "subtotal", minor: toMinor(subtotal, shop.currency) } : null;
}

/** Writes a checked input over a discount; what it leaves out stays as it is. */
export function applyInput(discount: Discount, input: DiscountInput, shop: Shop, now: Date): void {
  discount.title = input.title ?? discount.title;
  discount.value = valueOf(input, shop) ?? discount.value;
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
