import { parse } from "graphql";
import { expect, test } from "vitest";
import { scopeNeedsOf } from "#test/sandbox/shopify/admin/access-scopes.ts";
import { loadAdminSchema } from "#test/sandbox/shopify/admin/admin-schema.ts";
import { testAdmin } from "#test/sandbox/shopify/admin/test-admin.ts";

test("a field without its scope is denied in Shopify's shape", async () => {
  const { graphql } = await testAdmin({ scopes: ["read_discounts"] });
  const { data, errors } = await graphql(
    'mutation { discountCodeDelete(id: "gid://shopify/DiscountCodeNode/1") { deletedCodeDiscountId } }',
  );
  expect(data).toEqual({ discountCodeDelete: null });
  expect(errors).toEqual([
    {
      message:
        "Access denied for discountCodeDelete field. Required access: Apps must have `write_discounts` access scope.",
      locations: [{ line: 1, column: 12 }],
      path: ["discountCodeDelete"],
      extensions: {
        code: "ACCESS_DENIED",
        documentation: "https://shopify.dev/api/usage/access-scopes",
        requiredAccess: "Apps must have `write_discounts` access scope.",
      },
    },
  ]);
});

test("orders need read_orders although the field itself names no scope", async () => {
  const { graphql } = await testAdmin({ scopes: ["read_discounts"] });
  const { errors } = await graphql("{ orders(first: 1) { nodes { id } } }");
  expect(errors?.[0]?.extensions?.["code"]).toBe("ACCESS_DENIED");
});

test("a write scope carries its read scope", async () => {
  const { graphql } = await testAdmin({ scopes: ["write_discounts"] });
  const { errors } = await graphql("{ discountCodesCount { count } }");
  expect(errors).toBeUndefined();
});

test("the scopes of a document can be listed, those in an also-clause included", async () => {
  const admin = await loadAdminSchema("2026-07");
  const document = parse(
    'mutation { webPixelCreate(webPixel: { settings: "{}" }) { userErrors { code } } }',
  );
  const [need] = scopeNeedsOf(admin, document);
  expect(need).toMatchObject({
    field: "Mutation.webPixelCreate",
    anyOf: ["write_pixels"],
    also: ["read_customer_events"],
  });
});
