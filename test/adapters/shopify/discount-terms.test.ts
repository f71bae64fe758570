import fc from "fast-check";
import { expect, test } from "vitest";
import { PLAIN_DETAILS, type DiscountTerms } from "#app/core/codes/discount.ts";
import type { DiscountCode } from "#app/core/ids.ts";
import { anyTerms, type Choosable } from "#test/core/given/any-terms.ts";
import { addCollection, addProduct, addSegment } from "#test/sandbox/shopify/create-state.ts";
import { testAdmin } from "#test/sandbox/shopify/admin/test-admin.ts";
import { discountStaff } from "#test/sandbox/shopify/discounts/discount-webhooks.ts";
import type { Discount } from "#test/sandbox/shopify/state.ts";
import { shopifyOf } from "./shopify-of.ts";

const SCOPES = ["write_discounts", "read_orders", "read_products"];

/** Shopify with some products, collections and segments, and the terms of a discount there. */
async function shopWithChoices(scopes = [...SCOPES, "read_customers"]) {
  const admin = await testAdmin({ plan: "enterprise", scopes });
  const { state, shop } = admin;
  const products = ["Mug", "Kettle", "Tray"].map((title) =>
    addProduct(state, shop, {
      title,
      productType: "Kitchen",
      variants: [{ sku: title, price: 5 }],
    }),
  );
  const collections = ["Tea", "Gifts"].map((title) =>
    addCollection(state, shop, { title, products }),
  );
  const segments = ["VIP", "New"].map((name) => addSegment(state, shop, { name, emails: [] }));
  const named = (type: string, list: { id: string; title: string }[]) =>
    list.map(({ id, title }) => ({ id: `gid://shopify/${type}/${id}`, title }));
  const of: Choosable = {
    products: named("Product", products),
    collections: named("Collection", collections),
    segments: named(
      "Segment",
      segments.map(({ id, name }) => ({ id, title: name })),
    ),
  };
  const { shopify, domain, asked } = shopifyOf(admin);
  const make = async (terms: DiscountTerms, code: string) => {
    const draft = { terms, firstCode: code as DiscountCode, tag: `partner-codes-${code}` };
    const made = await shopify.createDiscount(domain, draft);
    if (!made.ok) throw new Error(made.problem.message);
    return made.value.discountId;
  };
  const read = async (id: string) => {
    const answer = await shopify.readDiscounts(domain, [id]);
    if (!answer.ok) throw new Error(answer.problem.message);
    return answer.value.get(id)?.terms;
  };
  return { admin, shopify, domain, asked, of, make, read };
}

test("whatever terms are made in Shopify are read back as they were said", async () => {
  const { admin, of, make, read } = await shopWithChoices();
  let made = 0;
  await fc.assert(
    fc.asyncProperty(anyTerms(of), async (terms) => {
      admin.pass(1_000);
      expect(await read(await make(terms, `CODE${++made}`))).toEqual(terms);
    }),
    { numRuns: 60 },
  );
});

const NEW_START = { keepsStart: false };

test("whatever terms a discount had, it takes any others of its kind", async () => {
  const { admin, shopify, domain, of, make, read } = await shopWithChoices();
  let made = 0;
  const isShipping = ({ value }: DiscountTerms) => value.kind === "free-shipping";
  await fc.assert(
    fc.asyncProperty(anyTerms(of), anyTerms(of), async (before, after) => {
      fc.pre(isShipping(before) === isShipping(after));
      admin.pass(1_000);
      const id = await make(before, `CODE${++made}`);
      const updated = await shopify.updateDiscount(domain, id, after, NEW_START);
      expect(updated).toMatchObject({ ok: true, value: { seen: { terms: after } } });
      expect(await read(id)).toEqual(after);
      // The mark by which a lost answer is found again.
      expect(admin.shop.discounts.get(id)?.tags[0]).toBe(`partner-codes-CODE${made}`);
    }),
    { numRuns: 60 },
  );
});

const PLAIN: DiscountTerms = {
  ...PLAIN_DETAILS,
  title: "Creators",
  value: { kind: "percentage", basisPoints: 1_000 },
  currency: "USD",
  startsAt: new Date("2026-11-01T00:00:00Z"),
  endsAt: null,
  usageLimit: null,
  oncePerCustomer: false,
  combines: false,
  minimumMinor: null,
};

test("what Shopify refuses is told at its field, and changes nothing", async () => {
  const { shopify, domain, make, read } = await shopWithChoices();
  const id = await make(PLAIN, "ANNA10");
  const gone = { id: "gid://shopify/Product/1", title: "Gone" };
  const answer = await shopify.updateDiscount(
    domain,
    id,
    {
      ...PLAIN,
      items: { kind: "products", chosen: [gone] },
    },
    NEW_START,
  );
  expect(answer).toMatchObject({ ok: true, value: { refusals: [{ field: "items" }] } });
  expect(await read(id)).toEqual(PLAIN);
});

test("a discount with plain terms says nothing of subscriptions, which not every shop sells", async () => {
  const { shopify, domain, asked, make } = await shopWithChoices();
  const id = await make(PLAIN, "ANNA10");
  await shopify.updateDiscount(domain, id, { ...PLAIN, title: "Other" }, NEW_START);
  expect(
    asked.filter(({ variables }) => /Subscription|recurring/.test(JSON.stringify(variables))),
  ).toEqual([]);
});

test("single variants, and shipping to some countries, are nothing this app can say", async () => {
  const { admin, of, make, read } = await shopWithChoices();
  const items = { kind: "products" as const, chosen: of.products };
  const id = await make({ ...PLAIN, items }, "ANNA10");
  const [product] = admin.shop.products;
  const staff = discountStaff(admin.state, admin.shop);
  const change = (changes: Partial<Discount>) => {
    const discount = admin.shop.discounts.get(id);
    if (discount) staff.change(discount, changes);
  };
  const variantIds = [product?.variants[0]?.id ?? ""];
  change({ items: { kind: "products", ids: [], variantIds } });
  expect(await read(id)).toMatchObject({ items: { kind: "other" } });
  change({ items: null, value: { kind: "free-shipping", countries: ["DE"] } });
  expect(await read(id)).toMatchObject({ items: { kind: "all" }, value: { kind: "other" } });
});

test("of several discounts those that Shopify does not have are left out", async () => {
  const { shopify, domain, make } = await shopWithChoices();
  const id = await make(PLAIN, "ANNA10");
  const seen = await shopify.readDiscounts(domain, [id, "gid://shopify/DiscountCodeNode/1"]);
  expect(seen.ok && [...seen.value.keys()]).toEqual([id]);
});

test("deleting takes a discount with its codes out of Shopify, and again changes nothing", async () => {
  const { admin, shopify, domain, make } = await shopWithChoices();
  const id = await make(PLAIN, "ANNA10");
  expect(await shopify.deleteDiscount(domain, id)).toEqual({ ok: true, value: null });
  expect([admin.shop.discounts.size, admin.shop.codes.size]).toEqual([0, 0]);
  expect(await shopify.deleteDiscount(domain, id)).toEqual({ ok: true, value: null });
  const how = { isAskedAgain: false };
  expect(await shopify.removeCodes(domain, id, ["ANNA10" as DiscountCode], how)).toEqual({
    ok: true,
    value: { job: null, elsewhere: [] },
  });
});

test("segments are found by the beginnings of words in their names", async () => {
  const { admin, shopify, domain } = await shopWithChoices();
  addSegment(admin.state, admin.shop, { name: "Lapsed VIP customers", emails: [] });
  const find = async (words: string) => {
    const listed = await shopify.listSegments(domain, { words, after: null });
    return listed.ok && listed.value.segments.map(({ title }) => title);
  };
  expect(await find("")).toEqual(["Lapsed VIP customers", "New", "VIP"]);
  expect(await find("vi")).toEqual(["Lapsed VIP customers", "VIP"]);
  expect(await find('lap: "VIP')).toEqual(["Lapsed VIP customers"]);
  expect(await find("none")).toEqual([]);
});
