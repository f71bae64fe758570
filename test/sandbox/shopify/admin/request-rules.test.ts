import { expect, test } from "vitest";
import { testAdmin } from "#test/sandbox/shopify/admin/test-admin.ts";
import {
  addCodes,
  createDiscount,
  validDiscount,
} from "#test/sandbox/shopify/admin/test-discount.ts";

function manyCodes(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `CODE-${index}`);
}

test("orders without first is refused", async () => {
  const { graphql } = await testAdmin();
  const { errors } = await graphql("{ orders { nodes { id } } }");
  expect(errors).toMatchObject([
    { message: "you must provide one of first or last", path: ["orders"] },
  ]);
});

test("a nested connection without first is refused", async () => {
  const { graphql } = await testAdmin();
  const { errors } = await graphql("{ orders(first: 1) { nodes { lineItems { nodes { id } } } } }");
  expect(errors?.[0]?.path).toEqual(["orders", "nodes", "lineItems"]);
});

test("first and last together are refused", async () => {
  const { graphql } = await testAdmin();
  const { errors } = await graphql("{ orders(first: 1, last: 1) { nodes { id } } }");
  expect(errors?.[0]?.message).toBe("providing both first and last is not supported");
});

test("a page of more than 250 is refused", async () => {
  const { graphql } = await testAdmin();
  const query = "query Page($n: Int!) { orders(first: $n) { nodes { id } } }";
  expect((await graphql(query, { n: 251 })).errors?.[0]?.message).toMatch(
    /^first cannot exceed 250\./,
  );
  expect((await graphql(query, { n: 250 })).errors).toBeUndefined();
});

test("251 codes in one call are refused, 250 are not", async () => {
  const admin = await testAdmin();
  const { id } = await createDiscount(admin);
  const refused = await addCodes(admin, id, manyCodes(251));
  expect(refused.errors).toMatchObject([
    {
      message: "The input array size of 251 is greater than the maximum allowed of 250.",
      path: ["discountRedeemCodeBulkAdd", "codes"],
      extensions: { code: "MAX_INPUT_SIZE_EXCEEDED" },
    },
  ]);
  const accepted = await addCodes(admin, id, manyCodes(250));
  expect(accepted.bulkCreation?.done).toBe(false);
});

test("an id that is no global id is refused", async () => {
  const { graphql } = await testAdmin();
  const { errors } = await graphql('{ order(id: "9007199254740993") { id } }');
  expect(errors?.[0]?.message).toBe("Invalid global id '9007199254740993'");
});

test("a variable of the wrong kind is refused with its path", async () => {
  const { graphql } = await testAdmin();
  const customerGets = {
    items: { all: true },
    value: { discountAmount: { amount: "abc", appliesOnEachItem: false } },
  };
  const { errors } = await graphql(
    "mutation M($input: DiscountCodeBasicInput!) { discountCodeBasicCreate(basicCodeDiscount: $input) { codeDiscountNode { id } } }",
    { input: { ...validDiscount, customerGets } },
  );
  expect(errors).toMatchObject([
    {
      message:
        "Variable $input of type DiscountCodeBasicInput! was provided invalid value for customerGets.value.discountAmount.amount (invalid decimal 'abc')",
      extensions: { code: "INVALID_VARIABLE" },
    },
  ]);
});

test("a field that the schema does not have is refused", async () => {
  const { graphql } = await testAdmin();
  const { errors } = await graphql("{ shop { nope } }");
  expect(errors?.[0]?.message).toMatch(/Cannot query field "nope" on type "Shop"/);
});

test("a field that the stand-in does not hold fails by name instead of being null", async () => {
  const { graphql } = await testAdmin();
  const { errors } = await graphql("{ shop { name description } }");
  expect(errors?.[0]).toMatchObject({
    message: "The Shopify stand-in has no Shop.description: add it in test/sandbox/shopify/admin.",
    path: ["shop", "description"],
  });
});

test("only the API versions 2026-07 and 2026-10 are there", async () => {
  const { post, shop } = await testAdmin();
  const [token = ""] = shop.installation?.accessTokens.keys() ?? [];
  const statuses: number[] = [];
  for (const version of ["2026-04", "2026-07", "2026-10", "unstable"]) {
    const response = await post(
      `/admin/api/${version}/graphql.json`,
      { query: "{ shop { name } }" },
      { "x-shopify-access-token": token },
    );
    statuses.push(response.status);
  }
  expect(statuses).toEqual([404, 200, 200, 404]);
});

test("an unknown access token is refused", async () => {
  const { post } = await testAdmin();
  const headers = { "x-shopify-access-token": "shpat_guessed" };
  const path = "/admin/api/2026-07/graphql.json";
  expect((await post(path, { query: "{ shop { name } }" }, headers)).status).toBe(401);
});
