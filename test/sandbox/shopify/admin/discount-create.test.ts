import { expect, test } from "vitest";
import { testAdmin } from "#test/sandbox/shopify/admin/test-admin.ts";
import {
  createDiscount,
  readDiscount,
  validDiscount,
} from "#test/sandbox/shopify/admin/test-discount.ts";

test("a created discount is read back as it was set", async () => {
  const admin = await testAdmin();
  const { id } = await createDiscount(admin, {
    endsAt: "2026-12-24T12:00:00Z",
    usageLimit: 100,
    appliesOncePerCustomer: true,
    tags: ["creators"],
    combinesWith: { shippingDiscounts: true },
    minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: "50.00" } },
  });
  expect(await readDiscount(admin, id)).toEqual({
    __typename: "DiscountCodeBasic",
    title: "Creators 10%",
    status: "ACTIVE",
    summary:
      "10% off one-time purchase products • Minimum purchase of $50.00 • One use per customer",
    startsAt: "2026-11-01T00:00:00Z",
    endsAt: "2026-12-24T12:00:00Z",
    usageLimit: 100,
    appliesOncePerCustomer: true,
    asyncUsageCount: 0,
    tags: ["creators"],
    codes: { nodes: [{ code: "ANNA10", asyncUsageCount: 0 }] },
    codesCount: { count: 1, precision: "EXACT" },
    combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: true },
    minimumRequirement: { greaterThanOrEqualToSubtotal: { amount: "50.0", currencyCode: "USD" } },
    customerGets: { value: { percentage: 0.1 } },
  });
});

test("an amount keeps the digits of the shop's currency", async () => {
  const admin = await testAdmin({ currency: "JPY" });
  const value = { discountAmount: { amount: "500", appliesOnEachItem: false } };
  const { id } = await createDiscount(admin, { customerGets: { value, items: { all: true } } });
  expect(admin.shop.discounts.get(id)?.value).toEqual({
    kind: "amount",
    minor: 500,
    onEachItem: false,
  });
  expect((await readDiscount(admin, id))?.["customerGets"]).toEqual({
    value: { appliesOnEachItem: false, amount: { amount: "500.0", currencyCode: "JPY" } },
  });
});

const anyItems = { items: { all: true } };
const refusals: [string, object, string, string][] = [
  ["no title", { title: " " }, "title", "BLANK"],
  ["a title of 256 letters", { title: "T".repeat(256) }, "title", "TOO_LONG"],
  ["no code", { code: null }, "code", "BLANK"],
  ["an empty code", { code: "" }, "code", "TOO_SHORT"],
  ["a code of 256 letters", { code: "C".repeat(256) }, "code", "TOO_LONG"],
  ["a code with a line break", { code: "A\nB" }, "code", "INVALID"],
  ["no start", { startsAt: null }, "startsAt", "BLANK"],
  ["an end before its start", { endsAt: "2026-10-01T00:00:00Z" }, "endsAt", "INVALID"],
  [
    "a percentage above 1",
    { customerGets: { ...anyItems, value: { percentage: 1.5 } } },
    "customerGets.value.percentage",
    "VALUE_OUTSIDE_RANGE",
  ],
  [
    "a percentage below 0",
    { customerGets: { ...anyItems, value: { percentage: -0.1 } } },
    "customerGets.value.percentage",
    "VALUE_OUTSIDE_RANGE",
  ],
  [
    "a negative amount",
    { customerGets: { ...anyItems, value: { discountAmount: { amount: "-5" } } } },
    "customerGets.value.discountAmount.amount",
    "LESS_THAN_OR_EQUAL_TO",
  ],
  ["a usage limit of 0", { usageLimit: 0 }, "usageLimit", "GREATER_THAN"],
  ["six tags", { tags: ["1", "2", "3", "4", "5", "6"] }, "tags", "TOO_MANY_TAGS"],
  ["nobody to buy", { context: null }, "context", "BLANK"],
];

test.for(refusals)(
  "a discount with %s is refused at its field",
  async ([, changes, path, code]) => {
    const admin = await testAdmin();
    const { id, userErrors } = await createDiscount(admin, changes);
    const field = ["basicCodeDiscount", ...path.split(".")];
    expect(userErrors).toMatchObject([{ field, code, extraInfo: null }]);
    expect(id).toBe("");
    expect(admin.shop.codes.size).toBe(0);
  },
);

const UNKNOWN_PRODUCT = { products: { productsToAdd: ["gid://shopify/Product/1"] } };
const refusedDetails: [string, object, string, string][] = [
  ["no product", { items: { products: { productsToAdd: [] } } }, "items.products", "BLANK"],
  ["a product that is gone", { items: UNKNOWN_PRODUCT }, "items.products", "INVALID"],
  [
    "a collection that is gone",
    { items: { collections: { add: ["gid://shopify/Collection/1"] } } },
    "items.collections",
    "INVALID",
  ],
  [
    "products beside collections",
    { items: { ...UNKNOWN_PRODUCT, collections: { add: ["gid://shopify/Collection/1"] } } },
    "items",
    "CONFLICT",
  ],
];

test.for(refusedDetails)("a discount on %s is refused", async ([, changes, path, code]) => {
  const admin = await testAdmin();
  const customerGets = { ...validDiscount.customerGets, ...changes };
  const { userErrors } = await createDiscount(admin, { customerGets });
  const field = ["basicCodeDiscount", "customerGets", ...path.split(".")];
  expect(userErrors).toMatchObject([{ field, code }]);
});

test.for([
  [
    "a segment that is gone",
    { context: { customerSegments: { add: ["gid://shopify/Segment/1"] } } },
    "INVALID",
  ],
  [
    "payments without subscriptions",
    { recurringCycleLimit: 3 },
    "MULTIPLE_RECURRING_CYCLE_LIMIT_FOR_NON_SUBSCRIPTION_ITEMS",
  ],
  ["payments below none", { recurringCycleLimit: -1 }, "RECURRING_CYCLE_LIMIT_NOT_A_VALID_INTEGER"],
  [
    "no purchases at all",
    { customerGets: { ...validDiscount.customerGets, appliesOnOneTimePurchase: false } },
    "APPLIES_ON_NOTHING",
  ],
] satisfies [string, object, string][])(
  "a discount for %s is refused",
  async ([, changes, code]) => {
    const admin = await testAdmin();
    const { userErrors } = await createDiscount(admin, changes);
    expect(userErrors).toMatchObject([{ code }]);
  },
);

test("a minimum of both quantity and subtotal is refused twice", async () => {
  const admin = await testAdmin();
  const { userErrors } = await createDiscount(admin, {
    minimumRequirement: {
      quantity: { greaterThanOrEqualToQuantity: "2" },
      subtotal: { greaterThanOrEqualToSubtotal: "10.00" },
    },
  });
  expect(userErrors.map(({ code }) => code)).toEqual(["CONFLICT", "CONFLICT"]);
});

test("a code taken in other case is refused as TAKEN", async () => {
  const admin = await testAdmin();
  await createDiscount(admin);
  const { userErrors } = await createDiscount(admin, { code: "anna10" });
  expect(userErrors).toEqual([
    {
      field: ["basicCodeDiscount", "code"],
      message: "Code must be unique. Please try a different code.",
      code: "TAKEN",
      extraInfo: null,
    },
  ]);
});

test("a setting that the stand-in does not hold is refused by name", async () => {
  const admin = await testAdmin();
  const products = { productVariantsToAdd: ["gid://shopify/ProductVariant/1"] };
  const customerGets = { value: { percentage: 0.1 }, items: { products } };
  const { errors } = await admin.graphql(
    "mutation M($input: DiscountCodeBasicInput!) { discountCodeBasicCreate(basicCodeDiscount: $input) { userErrors { code } } }",
    { input: { ...validDiscount, customerGets } },
  );
  expect(errors?.[0]?.message).toMatch(/does not hold customerGets\.items\.products/);
});
