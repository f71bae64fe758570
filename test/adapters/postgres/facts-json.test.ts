import type { Prisma } from "@prisma/client";
import { expect, test } from "vitest";
import { deliveredFactsToJson, factsFromJson } from "#app/adapters/postgres/stores/facts-json.ts";
import { orderFactsWith, orderLineWith } from "#test/core/given/order-facts-with.ts";

const facts = orderFactsWith({
  lines: [orderLineWith({})],
  current: { subtotalMinor: 2_000, taxMinor: 0 },
  clicks: [
    { clickId: "Click-1", source: "cart", seenAt: new Date("2026-11-20T10:00:00Z") },
    { clickId: "Click-2", source: "landing", seenAt: null },
  ],
  checkoutHash: "a-hash",
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

test("facts that were stored before clicks were kept are of an order without any", () => {
  const older = stored();
  delete older["clicks"];
  delete older["checkoutHash"];
  expect(factsFromJson(older)).toEqual({ ...facts, clicks: [], checkoutHash: null });
});
