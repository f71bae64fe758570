import type { Prisma } from "@prisma/client";
import { expect, test } from "vitest";
import { deliveredFactsToJson, factsFromJson } from "#app/adapters/postgres/stores/facts-json.ts";
import { orderFactsWith, orderLineWith } from "#test/core/given/order-facts-with.ts";

const facts = orderFactsWith({
  lines: [orderLineWith({})],
  current: { subtotalMinor: 2_000, taxMinor: 0 },
});
const stored = () => JSON.parse(JSON.stringify(deliveredFactsToJson(facts))) as Prisma.JsonObject;

test("an order's facts come back as they were stored", () => {
  expect(factsFromJson(stored())).toEqual(facts);
});

test("facts that were stored before current totals were kept are read without them", () => {
  const older = stored();
  delete older["current"];
  expect(factsFromJson(older)).toEqual({ ...facts, current: null });
});
