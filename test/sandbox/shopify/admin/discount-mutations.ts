import { announceCodes, announceDiscount } from "#test/sandbox/shopify/admin/announce-discount.ts";
import type { AdminContext } from "#test/sandbox/shopify/admin/admin-context.ts";
import { discountInputErrors } from "#test/sandbox/shopify/admin/discount-input-errors.ts";
import {
  applyInput,
  fromFreeShipping,
  refuseUnheldSettings,
} from "#test/sandbox/shopify/admin/discount-input.ts";
import type {
  DiscountInput,
  FreeShippingInput,
} from "#test/sandbox/shopify/admin/discount-input.ts";
import { discountStatus } from "#test/sandbox/shopify/admin/discount-status.ts";
import { discountNodeView } from "#test/sandbox/shopify/admin/discount-view.ts";
import { globalId } from "#test/sandbox/shopify/admin/global-id.ts";
import { codeKey } from "#test/sandbox/shopify/admin/redeem-code-problem.ts";
import {
  addRedeemCode,
  deleteRedeemCodes,
  redeemCodesOf,
} from "#test/sandbox/shopify/admin/redeem-codes.ts";
import { userError } from "#test/sandbox/shopify/admin/user-error.ts";
import type { UserError } from "#test/sandbox/shopify/admin/user-error.ts";
import { takeId } from "#test/sandbox/shopify/state.ts";
import type { Discount } from "#test/sandbox/shopify/state.ts";

const missing = userError(["id"], "Code discount does not exist.", "INVALID");

function nodePayload(context: AdminContext, discount: Discount) {
  return { codeDiscountNode: discountNodeView(context, discount), userErrors: [] };
}

function refusedPayload(userErrors: UserError[]) {
  return { codeDiscountNode: null, userErrors };
}

function blankDiscount(context: AdminContext): Discount {
  return {
    id: globalId("DiscountCodeNode", takeId(context.state)),
    title: "",
    value: { kind: "percentage", fraction: 0 },
    startsAt: context.now,
    endsAt: null,
    usageLimit: null,
    oncePerCustomer: false,
    minimum: null,
    combinesWith: { order: false, product: false, shipping: false },
    tags: [],
    createdAt: context.now,
    updatedAt: context.now,
  };
}

function create(context: AdminContext, input: DiscountInput) {
  refuseUnheldSettings(input);
  const { state, shop, now } = context;
  const errors = discountInputErrors(shop, input, null);
  if (errors.length > 0) return refusedPayload(errors);
  const discount = blankDiscount(context);
  applyInput(discount, input, shop, now);
  shop.discounts.set(discount.id, discount);
  const code = addRedeemCode(state, shop, discount, input.code ?? "");
  announceDiscount(context, "create", discount);
  announceCodes(context, "added", discount, [code]);
  return nodePayload(context, discount);
}

export function discountCodeBasicCreate(
  context: AdminContext,
  { basicCodeDiscount: input }: { basicCodeDiscount: DiscountInput },
) {
  return create(context, input);
}

export function discountCodeFreeShippingCreate(
  context: AdminContext,
  { freeShippingCodeDiscount: input }: { freeShippingCodeDiscount: FreeShippingInput },
) {
  return create(context, fromFreeShipping(input));
}

/** A discount's only code can be renamed; with several codes Shopify refuses to change "the" code. */
function renameCode(context: AdminContext, discount: Discount, code: string): void {
  const { shop } = context;
  const [only] = redeemCodesOf(shop, discount.id);
  if (!only) {
    addRedeemCode(context.state, shop, discount, code);
    return;
  }
  shop.codes.delete(codeKey(only.code));
  shop.codes.set(codeKey(code), { ...only, code });
}

function update(context: AdminContext, id: string, { code, ...input }: DiscountInput) {
  const { shop, now } = context;
  const discount = shop.discounts.get(id);
  const isShipping = discount?.value.kind === "free-shipping";
  if (!discount || isShipping !== Boolean(input.freeShipping)) {
    return refusedPayload([userError(["id"], "Discount does not exist", null)]);
  }
  refuseUnheldSettings(input);
  const codes = redeemCodesOf(shop, discount.id);
  const renames = typeof code === "string" && !codes.some((each) => each.code === code);
  if (renames && codes.length > 1) {
    return refusedPayload([userError(["id"], "Cannot update the code of a bulk discount.", null)]);
  }
  const changesLetters = renames && codes.some((each) => codeKey(each.code) !== codeKey(code));
  const errors = discountInputErrors(shop, changesLetters ? { ...input, code } : input, discount);
  if (errors.length > 0) return refusedPayload(errors);
  applyInput(discount, input, shop, now);
  if (renames) renameCode(context, discount, code);
  announceDiscount(context, "update", discount);
  return nodePayload(context, discount);
}

export function discountCodeBasicUpdate(
  context: AdminContext,
  args: { id: string; basicCodeDiscount: DiscountInput },
) {
  return update(context, args.id, args.basicCodeDiscount);
}

export function discountCodeFreeShippingUpdate(
  context: AdminContext,
  args: { id: string; freeShippingCodeDiscount: FreeShippingInput },
) {
  return update(context, args.id, fromFreeShipping(args.freeShippingCodeDiscount));
}

export function discountCodeActivate(context: AdminContext, { id }: { id: string }) {
  const { shop, now } = context;
  const discount = shop.discounts.get(id);
  if (!discount) return refusedPayload([missing]);
  const status = discountStatus(discount, now);
  if (status === "EXPIRED") discount.endsAt = null;
  if (discount.startsAt > now) discount.startsAt = now;
  if (status !== "ACTIVE") {
    discount.updatedAt = now;
    announceDiscount(context, "update", discount);
  }
  return nodePayload(context, discount);
}

export function discountCodeDeactivate(context: AdminContext, { id }: { id: string }) {
  const { shop, now } = context;
  const discount = shop.discounts.get(id);
  if (!discount) return refusedPayload([missing]);
  if (discountStatus(discount, now) !== "EXPIRED") {
    if (discount.startsAt > now) discount.startsAt = now;
    discount.endsAt = now;
    discount.updatedAt = now;
    announceDiscount(context, "update", discount);
  }
  return nodePayload(context, discount);
}

export function discountCodeDelete(context: AdminContext, { id }: { id: string }) {
  const { shop } = context;
  const discount = shop.discounts.get(id);
  if (!discount) return { deletedCodeDiscountId: null, userErrors: [missing] };
  shop.discounts.delete(id);
  announceDiscount(context, "delete", discount);
  deleteRedeemCodes(shop, (code) => code.discountId === id);
  return { deletedCodeDiscountId: id, userErrors: [] };
}
