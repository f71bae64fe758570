import { expect, test } from "vitest";
import { testAdmin } from "#test/sandbox/shopify/admin/test-admin.ts";
import { createDiscount } from "#test/sandbox/shopify/admin/test-discount.ts";

async function costOf(query: string, variables: object = {}) {
  const admin = await testAdmin();
  const { extensions } = await admin.graphql(query, variables);
  return extensions.cost;
}

test("an object costs 1 and its scalars nothing", async () => {
  const cost = await costOf("{ shop { name currencyCode } }");
  expect(cost).toMatchObject({ requestedQueryCost: 1, actualQueryCost: 1 });
});

test("a mutation costs 10 together with its payload", async () => {
  const cost = await costOf(
    'mutation { discountCodeDelete(id: "gid://shopify/DiscountCodeNode/1") { deletedCodeDiscountId userErrors { message } } }',
  );
  expect(cost).toMatchObject({ requestedQueryCost: 10, actualQueryCost: 10 });
});

// The next two were recorded from Shopify (2026-04): 15 for a page of ten, 18 for a detail read.
test("a connection costs by its first, scaled down", async () => {
  const { requestedQueryCost } = await costOf(
    `{ discountRedeemCodeBulkCreation(id: "gid://shopify/DiscountRedeemCodeBulkCreation/1") {
      done codes(first: 10) { nodes { code errors { message } discountRedeemCode { id } } }
    } }`,
  );
  expect(requestedQueryCost).toBe(15);
});

test("of a union only the dearest type counts, and page info is free", async () => {
  const { requestedQueryCost } = await costOf(
    `query Read($id: ID!) {
      codeDiscountNode(id: $id) { id codeDiscount { __typename ... on DiscountCodeBasic {
        title combinesWith { orderDiscounts }
        codes(first: 10) { nodes { id code } pageInfo { endCursor } }
        codesCount { count }
        context { ... on DiscountBuyerSelectionAll { all } }
        customerGets { value { __typename } items { __typename } }
        minimumRequirement { __typename }
      } } }
      a: codeDiscountNodeByCode(code: "A") { id }
      b: codeDiscountNodeByCode(code: "B") { id }
      c: codeDiscountNodeByCode(code: "C") { id }
    }`,
    { id: "gid://shopify/DiscountCodeNode/1" },
  );
  expect(requestedQueryCost).toBe(18);
});

test("what a page did not hold is given back", async () => {
  const admin = await testAdmin();
  await createDiscount(admin);
  const before = await admin.graphql("{ shop { name } }");
  const { extensions } = await admin.graphql(
    "{ codeDiscountNodes(first: 250) { nodes { id codeDiscount { __typename } } } }",
  );
  expect(extensions.cost).toMatchObject({ requestedQueryCost: 24, actualQueryCost: 4 });
  const left = extensions.cost.throttleStatus.currentlyAvailable;
  expect(left).toBe(before.extensions.cost.throttleStatus.currentlyAvailable - 4);
});

test("a query over 1000 points is refused", async () => {
  const { graphql } = await testAdmin();
  const { errors } = await graphql(`
    {
      codeDiscountNodes(first: 250) {
        nodes {
          codeDiscount {
            ... on DiscountCodeBasic {
              a: codes(first: 250) {
                nodes {
                  id
                }
              }
              b: codes(first: 250) {
                nodes {
                  id
                }
              }
              c: codes(first: 250) {
                nodes {
                  id
                }
              }
              d: codes(first: 250) {
                nodes {
                  id
                }
              }
              e: codes(first: 250) {
                nodes {
                  id
                }
              }
              f: codes(first: 250) {
                nodes {
                  id
                }
              }
              g: codes(first: 250) {
                nodes {
                  id
                }
              }
            }
          }
        }
      }
    }
  `);
  expect(errors?.[0]).toMatchObject({
    message: "Query cost is 1025, which exceeds the single query max cost limit (1000).",
    extensions: { code: "MAX_COST_EXCEEDED", cost: 1_025, maxCost: 1_000 },
  });
});
