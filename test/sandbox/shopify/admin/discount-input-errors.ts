import { at, detailErrors } from "#test/sandbox/shopify/admin/discount-detail-errors.ts";
import type { DiscountInput } from "#test/sandbox/shopify/admin/discount-input.ts";
import { redeemCodeProblem } from "#test/sandbox/shopify/admin/redeem-code-problem.ts";
import type { UserError } from "#test/sandbox/shopify/admin/user-error.ts";
import type { Discount, Shop } from "#test/sandbox/shopify/state.ts";

const MAXIMUM_TAGS = 5;
const MAXIMUM_TITLE = 255;
const MAXIMUM_QUANTITY = 2_147_483_647n;
const MAXIMUM_AMOUNT = 10 ** 18;

/** The same of DiscountCodeFreeShippingInput, whose fields of purchases stand at its top. */
function atFreeShipping({ field, ...error }: UserError): UserError {
  const [, ...path] = field ?? [];
  const own = path[0] === "customerGets" ? path.slice(1) : path;
  return { ...error, field: ["freeShippingCodeDiscount", ...own] };
}

function titleErrors({ title }: DiscountInput, creating: boolean): UserError[] {
  if (title === undefined && !creating) return [];
  if (!title?.trim()) return [at("title", "Title can't be blank", "BLANK")];
  const message = `Title is too long (maximum is ${MAXIMUM_TITLE} characters)`;
  return title.length > MAXIMUM_TITLE ? [at("title", message, "TOO_LONG")] : [];
}

function codeErrors(shop: Shop, { code }: DiscountInput, creating: boolean): UserError[] {
  if (code === undefined || code === null) {
    return creating ? [at("code", "Code can't be blank", "BLANK")] : [];
  }
  const problem = redeemCodeProblem(shop, code);
  return problem ? [at("code", `Code ${problem.message}`, problem.code)] : [];
}

function dateErrors(input: DiscountInput, existing: Discount | null): UserError[] {
  const startsAt = input.startsAt ?? existing?.startsAt;
  if (!startsAt || input.startsAt === null) {
    return [at("startsAt", "Starts at can't be blank", "BLANK")];
  }
  const endsAt = input.endsAt === undefined ? existing?.endsAt : input.endsAt;
  return endsAt && endsAt <= startsAt
    ? [at("endsAt", "Ends at needs to be after starts_at", "INVALID")]
    : [];
}

function amountErrors(amount: number): UserError[] {
  const path = "customerGets.value.discountAmount.amount";
  // Shopify's words: it keeps the amount as a negative number and says so.
  if (amount < 0) {
    return [at(path, "Value must be less than or equal to 0", "LESS_THAN_OR_EQUAL_TO")];
  }
  return amount >= MAXIMUM_AMOUNT
    ? [at(path, `Value must be greater than -${BigInt(MAXIMUM_AMOUNT)}`, "LESS_THAN")]
    : [];
}

function valueErrors(input: DiscountInput, creating: boolean): UserError[] {
  if (input.freeShipping) return shippingErrors(input);
  const { customerGets } = input;
  const value = customerGets?.value;
  const percentage = value?.percentage ?? null;
  const amount = value?.discountAmount?.amount ?? null;
  if (percentage === null && amount === null) {
    const path = "customerGets.value";
    return creating ? [at(path, "Customer gets value can't be blank", "BLANK")] : [];
  }
  if (percentage !== null && amount !== null) {
    return [
      at("customerGets.value", "Specify a percentage or an amount, but not both", "CONFLICT"),
    ];
  }
  if (amount !== null) return amountErrors(Number(amount));
  return percentage !== null && (percentage < 0 || percentage > 1)
    ? [
        at(
          "customerGets.value.percentage",
          "Value must be between 0.0 and 1.0",
          "VALUE_OUTSIDE_RANGE",
        ),
      ]
    : [];
}

function shippingErrors({ freeShipping, combinesWith }: DiscountInput): UserError[] {
  const most = Number(freeShipping?.maximumShippingPrice ?? 1);
  const price = at("maximumShippingPrice", "Maximum shipping price must be positive", "INVALID");
  const message = "The combinesWith settings are not valid for the discount class.";
  const both = at("combinesWith", message, "INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS");
  return [...(most < 0 ? [price] : []), ...(combinesWith?.shippingDiscounts ? [both] : [])];
}

function minimumErrors({ minimumRequirement }: DiscountInput): UserError[] {
  const quantity = minimumRequirement?.quantity?.greaterThanOrEqualToQuantity;
  const subtotal = minimumRequirement?.subtotal?.greaterThanOrEqualToSubtotal;
  const quantityPath = "minimumRequirement.quantity.greaterThanOrEqualToQuantity";
  const subtotalPath = "minimumRequirement.subtotal.greaterThanOrEqualToSubtotal";
  if (quantity && subtotal) {
    return [
      at(subtotalPath, "Minimum subtotal cannot be defined when minimum quantity is.", "CONFLICT"),
      at(quantityPath, "Minimum quantity cannot be defined when minimum subtotal is.", "CONFLICT"),
    ];
  }
  if (quantity && BigInt(quantity) >= MAXIMUM_QUANTITY) {
    return [
      at(quantityPath, `Minimum quantity must be less than ${MAXIMUM_QUANTITY}`, "LESS_THAN"),
    ];
  }
  return [];
}

function tagErrors({ tags }: DiscountInput): UserError[] {
  if ((tags?.length ?? 0) > MAXIMUM_TAGS) {
    const message = `The number of tags exceeds the maximum of ${MAXIMUM_TAGS}.`;
    return [at("tags", message, "TOO_MANY_TAGS")];
  }
  return tags?.some((tag) => tag.length > MAXIMUM_TITLE)
    ? [
        at(
          "tags",
          "The tag title exceeds the maximum length of 255 characters.",
          "INVALID_TAG_LENGTH",
        ),
      ]
    : [];
}

function requiredErrors(input: DiscountInput): UserError[] {
  const errors: UserError[] = [];
  if (!input.context && !input.customerSelection) {
    errors.push(at("context", "Context can't be blank", "BLANK"));
  }
  if (!input.customerGets?.items && !input.freeShipping) {
    errors.push(at("customerGets.items", "Items in 'customer get' must be defined", "BLANK"));
  }
  return errors;
}

function usageErrors({ usageLimit }: DiscountInput): UserError[] {
  return typeof usageLimit === "number" && usageLimit <= 0
    ? [at("usageLimit", "Usage limit must be greater than 0", "GREATER_THAN")]
    : [];
}

/** Everything Shopify would say of this input; `existing` is the discount that is updated. */
export function discountInputErrors(
  shop: Shop,
  input: DiscountInput,
  existing: Discount | null,
): UserError[] {
  const creating = existing === null;
  const errors = [
    ...dateErrors(input, existing),
    ...titleErrors(input, creating),
    ...codeErrors(shop, input, creating),
    ...(creating ? requiredErrors(input) : []),
    ...valueErrors(input, creating),
    ...detailErrors(shop, input, existing),
    ...minimumErrors(input),
    ...usageErrors(input),
    ...tagErrors(input),
  ];
  return input.freeShipping ? errors.map(atFreeShipping) : errors;
}
