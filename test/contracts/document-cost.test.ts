import { Kind, parse, type FieldNode, type SelectionSetNode } from "graphql";
import { expect, test } from "vitest";
import { ORDERS_AT_ONCE } from "#app/adapters/shopify/order-details.ts";
import { LOCATED_NAMES } from "#app/adapters/shopify/located-names.ts";
import { MAXIMUM_QUERY_COST, requestedCost } from "#test/sandbox/shopify/admin/cost.ts";
import { loadAdminSchema } from "#test/sandbox/shopify/admin/admin-schema.ts";
import { readRequest } from "#test/sandbox/shopify/admin/read-request.ts";
import { ALL_DOCUMENTS } from "./all-documents.ts";

const queries = ALL_DOCUMENTS.filter(([, text]) => /\bquery\b/.test(text));
const VARIABLES = {
  id: "gid://shopify/Order/1",
  ids: ["gid://shopify/Order/1"],
  code: "A",
  query: "",
  ...Object.fromEntries(LOCATED_NAMES.map((name) => [name, "A"])),
};

/**
 * The dearest reading of Shopify's cost rules (reference/shopify.md, section 2): a page costs its full
 * length, a list as many as it may hold, and only amounts and page info are free.
 */
function dearest(set: SelectionSetNode | undefined): number {
  const fields = (set?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return [dearest(selection.selectionSet)];
    return selection.kind === Kind.FIELD ? [fieldCost(selection)] : [];
  });
  return fields.reduce((sum, cost) => sum + cost, 0);
}

function fieldCost(field: FieldNode): number {
  const isFree = !field.selectionSet || /^(pageInfo|shopMoney|\w+Set)$/.test(field.name.value);
  if (isFree) return 0;
  const first = field.arguments?.find(({ name }) => name.value === "first")?.value;
  const below = dearest(field.selectionSet);
  if (first?.kind === Kind.INT) return 2 + Number(first.value) * Math.max(below, 1);
  if (field.arguments?.some(({ name }) => name.value === "ids"))
    return ORDERS_AT_ONCE * (1 + below);
  return 1 + below;
}

test("no query costs more than Shopify takes, even in the dearest reading of its rules", () => {
  expect(queries.length).toBeGreaterThan(5);
  for (const [name, text] of queries) {
    const [definition] = parse(text).definitions;
    const set =
      definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet : undefined;
    const cost = dearest(set);
    expect(cost, name).toBeGreaterThan(0);
    expect(cost, name).toBeLessThan(MAXIMUM_QUERY_COST);
  }
});

test("no query costs more than Shopify's stand-in takes", async () => {
  const admin = await loadAdminSchema("2026-07");
  for (const [name, query] of queries) {
    const ids = Array.from({ length: ORDERS_AT_ONCE }, () => VARIABLES.id);
    const read = readRequest(admin, {
      query,
      variables: { ...VARIABLES, ids },
      operationName: null,
    });
    if (!("operation" in read)) throw new Error(`${name}: ${read.map(String).join(" ")}`);
    expect(requestedCost(read.operation), name).toBeLessThan(MAXIMUM_QUERY_COST);
  }
});
