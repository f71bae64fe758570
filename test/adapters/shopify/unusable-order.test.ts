import { expect, test } from "vitest";
import { readOrderPayload } from "#app/adapters/shopify/read-order-payload.ts";

const NOON = "2026-11-23T12:00:00Z";

test("an order of which only the id can be read keeps it, and is named as the merchant knows it", () => {
  const named = { id: "9007199254742001", name: "#1001", currency: "US" };
  const content = readOrderPayload({
    ...named,
    created_at: NOON,
    updated_at: NOON,
    line_items: [],
  });
  expect(content).toMatchObject({
    orderId: "9007199254742001",
    problem: "Order #1001 in Shopify's delivery can't be read: missing or wrong: currency",
  });
  const orderId = "9007199254742001";
  expect(readOrderPayload({ id: orderId, order_number: 1007 })).toMatchObject({
    orderId,
    problem: expect.stringMatching(/^Order 1007 /) as string,
  });
  expect(readOrderPayload({ id: "x", name: "Kim Example 1" })).toMatchObject({
    orderId: null,
    problem: expect.stringMatching(/holds no order/) as string,
  });
});
