import {
  itemsAfter,
  purchasesAfter,
  segmentsAfter,
} from "#test/sandbox/shopify/admin/discount-input.ts";
import type { DiscountInput } from "#test/sandbox/shopify/admin/discount-input.ts";
import { userError } from "#test/sandbox/shopify/admin/user-error.ts";
import type { UserError } from "#test/sandbox/shopify/admin/user-error.ts";
import type { Discount, Shop } from "#test/sandbox/shopify/state.ts";

const MAXIMUM_CHOSEN = 100;

export function at(path: string, message: string, code: string): UserError {
  return userError(["basicCodeDiscount", ...path.split(".")], message, code);
}

/** What Shopify would say of products, collections, segments and purchases. */
export function detailErrors(
  shop: Shop,
  input: DiscountInput,
  existing: Discount | null,
): UserError[] {
  return [
    ...itemsErrors(shop, input, existing),
    ...segmentErrors(shop, input, existing),
    ...purchaseErrors(input, existing),
  ];
}

/** Shopify's words for ids it does not know are documented nowhere. */
function chosenErrors(path: string, what: string, ids: string[], known: Set<string>): UserError[] {
  if (ids.length === 0) return [at(path, `${what} can't be blank`, "BLANK")];
  if (ids.length > MAXIMUM_CHOSEN) {
    return [at(path, `${what} can't be more than ${MAXIMUM_CHOSEN}`, "EXCEEDED_MAX")];
  }
  const unknown = ids.find((id) => !known.has(id));
  return unknown ? [at(path, `${what}: ${unknown} is invalid`, "INVALID")] : [];
}

function itemsErrors(shop: Shop, input: DiscountInput, existing: Discount | null): UserError[] {
  const items = input.customerGets?.items;
  const path = "customerGets.items";
  if (!items) return [];
  const isBoth = items.products?.productsToAdd?.length && items.collections?.add?.length;
  if (isBoth || (items.all && (items.products ?? items.collections))) {
    return [at(path, "Only one of all, products and collections may be chosen", "CONFLICT")];
  }
  const after = itemsAfter(input, existing);
  if (items.all || !after) return [];
  const known = after.kind === "products" ? shop.products : shop.collections;
  const what = after.kind === "products" ? "Products" : "Collections";
  return chosenErrors(`${path}.${after.kind}`, what, after.ids, idsOf(known));
}

function segmentErrors(shop: Shop, input: DiscountInput, existing: Discount | null): UserError[] {
  const after = segmentsAfter(input, existing);
  if (!input.context?.customerSegments || !after) return [];
  return chosenErrors("context.customerSegments", "Segments", after, idsOf(shop.segments));
}

function idsOf(list: readonly { id: string }[]): Set<string> {
  return new Set(list.map(({ id }) => id));
}

function purchaseErrors(input: DiscountInput, existing: Discount | null): UserError[] {
  const { oneTime, subscription } = purchasesAfter(input, existing);
  const limit = input.recurringCycleLimit ?? null;
  const path = "recurringCycleLimit";
  if (!oneTime && !subscription) {
    const message = "The discount must apply on one-time purchases, subscriptions or both";
    return [at("customerGets", message, "APPLIES_ON_NOTHING")];
  }
  if (limit !== null && limit < 0) {
    const message = "Recurring cycle limit must be a valid integer greater than or equal to 0";
    return [at(path, message, "RECURRING_CYCLE_LIMIT_NOT_A_VALID_INTEGER")];
  }
  const message =
    "Recurring cycle limit must be 1 when discount does not apply to subscription items";
  return limit !== null && limit !== 1 && !subscription
    ? [at(path, message, "MULTIPLE_RECURRING_CYCLE_LIMIT_FOR_NON_SUBSCRIPTION_ITEMS")]
    : [];
}
