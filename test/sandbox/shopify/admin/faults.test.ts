import { expect, test } from "vitest";
import { testAdmin } from "#test/sandbox/shopify/admin/test-admin.ts";
import { createDiscount } from "#test/sandbox/shopify/admin/test-discount.ts";

test("requests fail on command, and only as many as asked for", async () => {
  const { server, graphql } = await testAdmin();
  server.faults.failNext(2, 503);
  await graphql("query First { shop { name } }");
  await graphql("query Second { shop { name } }");
  await graphql("query Third { shop { name } }");
  expect(server.calls.map(({ operationName, status }) => [operationName, status])).toEqual([
    ["First", 503],
    ["Second", 503],
    ["Third", 200],
  ]);
});

test("throttled on command, a request changes nothing", async () => {
  const admin = await testAdmin();
  admin.server.faults.throttleNext(1);
  const { errors } = await admin.graphql(
    "mutation { discountCodeBasicCreate(basicCodeDiscount: {}) { userErrors { code } } }",
  );
  expect(errors?.[0]?.extensions?.["code"]).toBe("THROTTLED");
  expect(admin.shop.discounts.size).toBe(0);
});

test("a request that hangs up was carried out all the same", async () => {
  const admin = await testAdmin();
  admin.server.faults.hangUpNext(1);
  await expect(createDiscount(admin)).rejects.toThrow();
  expect([...admin.shop.codes.keys()]).toEqual(["ANNA10"]);
});

test("a call is logged with its variables and cost", async () => {
  const admin = await testAdmin();
  await createDiscount(admin, { code: "LOGGED" });
  expect(admin.server.calls).toMatchObject([
    {
      shop: "demo-store.myshopify.com",
      operationName: "Create",
      variables: { input: { code: "LOGGED" } },
      cost: { requestedQueryCost: 10, actualQueryCost: 10 },
      status: 200,
    },
  ]);
});
