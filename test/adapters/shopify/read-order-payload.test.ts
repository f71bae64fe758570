import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parseJson } from "#app/adapters/shopify/parse-json.ts";
import { readOrderPayload } from "#app/adapters/shopify/read-order-payload.ts";
import type { OrderFacts } from "#app/core/orders/order-facts.ts";
import { orderJson } from "#test/sandbox/shopify/orders/order-json.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { addShop, createShopifyState } from "#test/sandbox/shopify/create-state.ts";
import type { OrderRequest } from "#test/sandbox/shopify/orders/place-order.ts";
import { buy } from "#test/support/shopper.ts";
import { createTestClock } from "#test/support/test-clock.ts";

function shopSide(currency = "USD") {
  const clock = createTestClock();
  const state = { apiKey: "id", apiSecret: "secret", scopes: [], clock };
  const shopifyState = createShopifyState(state);
  const shop = addShop(shopifyState, {
    domain: "tea-house.myshopify.com",
    name: "Tea House",
    currency,
    ianaTimezone: "America/New_York",
    plan: "standard",
    products: [
      { title: "Mug", productType: "Drinkware", variants: [{ sku: "MUG", price: 2_000 }] },
      { title: "Kettle", productType: "Kitchen", variants: [{ sku: null, price: 4_900 }] },
    ],
  });
  makeInShopify({ shopifyState, shop, clock }, "Anna10", "Creators");
  return { clock, shopifyState, shop };
}

/** What the webhook of an order says, read from its bytes. */
function read(
  request: Partial<OrderRequest>,
  changes: Record<string, unknown> = {},
  currency = "USD",
) {
  const side = shopSide(currency);
  const { payload } = buy(side, request);
  return readOrderPayload(parseJson(orderJson({ ...payload, ...changes })));
}

function factsOf(content: ReturnType<typeof readOrderPayload>): OrderFacts {
  if (content.kind !== "order") throw new Error(JSON.stringify(content));
  return content.facts;
}

function problemOf(content: ReturnType<typeof readOrderPayload>): string {
  if (content.kind !== "unusable") throw new Error("It could be read.");
  return content.problem;
}

test("an order's ids pass 2^53 and keep every digit", () => {
  const facts = factsOf(read({}));
  const ids = [facts.orderId, ...facts.lines.flatMap((line) => [line.lineId, line.variantId])];
  for (const id of ids) expect(BigInt(id ?? 0)).toBeGreaterThan(2n ** 53n);
  expect(new Set(ids).size).toBe(ids.length);
});

test("a code is kept as it was typed, with each line's share of its discount", () => {
  const facts = factsOf(read({ codes: ["anna10"] }));
  expect(facts.typedCodes.map((code) => code.toUpperCase())).toEqual(["ANNA10"]);
  expect(facts.lines).toMatchObject([
    { sku: "MUG", quantity: 1, grossMinor: 2_000, discountMinor: 200, taxMinor: 0 },
    { sku: null, quantity: 1, grossMinor: 4_900, discountMinor: 490 },
  ]);
});

test("each code is kept with what it took off the goods, and nobody's discount is anybody's", () => {
  const facts = factsOf(
    read({ codes: ["anna10"], draftTitleDiscount: { title: "Loyalty", minor: 500 } }),
  );
  const discount = facts.lines.reduce((sum, line) => sum + line.discountMinor, 0);
  expect(facts.tookMinor).toEqual([discount - 500]);
});

test("a draft order's typed title is no code, though Shopify lists it among the codes", () => {
  const facts = factsOf(read({ draftTitleDiscount: { title: "ANNA10", minor: 500 } }));
  expect(facts.typedCodes).toEqual([]);
  expect(facts.lines.reduce((sum, line) => sum + line.discountMinor, 0)).toBe(500);
});

test("a currency without decimals is read in whole units", () => {
  const facts = factsOf(read({ codes: ["ANNA10"] }, {}, "JPY"));
  expect(facts).toMatchObject({
    currency: "JPY",
    lines: [{ grossMinor: 2_000, discountMinor: 200 }, {}],
  });
});

test("tax that is in the prices is told apart from tax on top", () => {
  const included = factsOf(read({ taxRate: 0.2, taxesIncluded: true }));
  expect(included).toMatchObject({ taxesIncluded: true, lines: [{ taxMinor: 333 }, {}] });
  expect(factsOf(read({ taxRate: 0.2 }))).toMatchObject({
    taxesIncluded: false,
    lines: [{ taxMinor: 400 }, {}],
  });
});

test("of the customer only a hash of the e-mail is kept, trimmed and lower-cased", () => {
  const sha1 = createHash("sha1").update("kim@example.com").digest("hex");
  expect(factsOf(read({}, { email: " Kim@Example.COM " })).emailSha1).toBe(sha1);
  expect(factsOf(read({}, { email: "" })).emailSha1).toBeNull();
  expect(factsOf(read({}, { email: undefined })).emailSha1).toBeNull();
});

const PERSONAL =
  /email|phone|name|address\d?|city|zip|province|country|company|ip|latitude|longitude/;

/** Every text under a key that may hold personal data, wherever it stands. */
function personalTexts(value: unknown, key = "", inPerson = false): string[] {
  if (typeof value === "string")
    return inPerson && PERSONAL.test(key) && value.length > 3 ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    personalTexts(
      inner,
      name,
      inPerson || /customer|address|contact|client_details|email|browser_ip|phone/.test(name),
    ),
  );
}

function expectNothingPersonal(payload: unknown, facts: OrderFacts): void {
  const kept = JSON.stringify(facts).toLowerCase();
  for (const text of personalTexts(payload)) expect(kept).not.toContain(text.toLowerCase());
}

test("no name, address, phone or e-mail of the payload is in the facts", () => {
  const side = shopSide();
  const { payload } = buy(side, {});
  expect(personalTexts(payload).length).toBeGreaterThan(8);
  expectNothingPersonal(payload, factsOf(readOrderPayload(parseJson(orderJson(payload)))));
});

test.each([
  ["no object", "text", /missing or wrong: body/],
  ["a list", [], /missing or wrong: body/],
  ["nothing", null, /missing or wrong: body/],
  ["an empty object", {}, /missing or wrong: id, currency, created_at, updated_at, line_items/],
])("%s is no order, and the sentence says what is missing", (_what, json, says) => {
  expect(problemOf(readOrderPayload(json))).toMatch(says);
});

test.each([
  ["an id that is a word", { id: "gid" }, /its id is no number/],
  ["an id of nothing", { id: 0 }, /its id is no number/],
  ["a time that is none", { created_at: "yesterday" }, /created_at/],
  ["a currency of two letters", { currency: "US" }, /currency/],
  [
    "half an item",
    { line_items: [{ id: "1", quantity: 0.5, price: "1.00" }] },
    /line_items\.0\.quantity/,
  ],
  [
    "a price in words",
    { line_items: [{ id: "1", quantity: 1, price: "ten" }] },
    /is no amount in USD/,
  ],
])("an order with %s says so and quotes nobody", (_what, changes, says) => {
  const problem = problemOf(read({}, changes));
  expect(problem).toMatch(says);
  expect(problem).not.toMatch(/kim|example\.com/i);
});

const SAMPLES = path.resolve("../shared/reference/orders");
const samples = existsSync(SAMPLES)
  ? readdirSync(SAMPLES).filter((name) => /_orders?_.*\.json$/.test(name))
  : [];

test.runIf(samples.length > 0)(
  "each sample payload is read or says why, and keeps nothing personal",
  () => {
    const outcomes = samples.map((name) => {
      const json = parseJson(readFileSync(path.join(SAMPLES, name), "utf8"));
      const content = readOrderPayload(json);
      if (content.kind === "order") expectNothingPersonal(json, content.facts);
      else
        expect(problemOf(content)).toMatch(
          /^(Shopify's delivery holds no order that can|Order \S+ in Shopify's delivery can't) be read: ./,
        );
      return [name.startsWith("official"), content.kind];
    });
    // Gadget's samples have every value replaced by a word, so only Shopify's own can be read.
    for (const [isOfficial, kind] of outcomes) expect(kind).toBe(isOfficial ? "order" : "unusable");
  },
);

test.runIf(samples.length > 0)(
  "Shopify's own samples hold one typed code, and one that staff typed as a title",
  () => {
    const codes = (part: string) => {
      const name = samples.find((candidate) => candidate.includes(part)) ?? "";
      return factsOf(readOrderPayload(parseJson(readFileSync(path.join(SAMPLES, name), "utf8"))))
        .typedCodes;
    };
    expect(codes("TENOFF_partially_refunded")).toEqual(["TENOFF"]);
    expect(codes("FAKE30")).toEqual([]);
  },
);
