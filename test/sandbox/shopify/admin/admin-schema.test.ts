import { parse, validate } from "graphql";
import { expect, test } from "vitest";
import { adminVersions, loadAdminSchema } from "#test/sandbox/shopify/admin/admin-schema.ts";

test("both versions hold the discount mutations that the app is built on", async () => {
  const document = parse(
    "mutation Add($id: ID!, $codes: [DiscountRedeemCodeInput!]!) { discountRedeemCodeBulkAdd(discountId: $id, codes: $codes) { bulkCreation { id done } userErrors { field } } }",
  );
  for (const version of adminVersions) {
    const { schema, scopes } = await loadAdminSchema(version);
    expect(validate(schema, document)).toEqual([]);
    expect(scopes.length).toBeGreaterThan(9_000);
  }
});

test("a schema is built once in a process", async () => {
  expect(loadAdminSchema("2026-07")).toBe(loadAdminSchema("2026-07"));
});
