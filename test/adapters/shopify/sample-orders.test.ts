import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parseJson } from "#app/adapters/shopify/parse-json.ts";
import { readOrderPayload } from "#app/adapters/shopify/read-order-payload.ts";
import { earnedLines, earnedMinor } from "#app/core/orders/earned-lines.ts";
import type { OrderFacts } from "#app/core/orders/order-facts.ts";

const SAMPLES = path.resolve("../shared/reference/orders");
const hasSamples = existsSync(SAMPLES);

function sample(name: string): OrderFacts {
  const file = path.join(SAMPLES, `official_ruby_2026-07_order_${name}.json`);
  const content = readOrderPayload(parseJson(readFileSync(file, "utf8")));
  if (content.kind !== "order") throw new Error(JSON.stringify(content));
  return content.facts;
}

function earned(facts: OrderFacts) {
  const lines = earnedLines({ facts, refunds: facts.refunds }, "net");
  return {
    total: earnedMinor(lines),
    items: lines.map((line) => [line.sku, line.quantity, line.amountMinor]),
  };
}

test.runIf(hasSamples)("Shopify's sample of a percentage code earns 181.09 of 199.00", () => {
  const facts = sample("FAKE30_percentage");
  expect(facts).toMatchObject({ financialStatus: "paid", refunds: [] });
  expect(earned(facts)).toEqual({ total: 18_109, items: [["IPOD2009BLACK", 1, 18_109]] });
});

test.runIf(hasSamples)(
  "Shopify's sample of which two units of three are refunded earns 195.67, as Shopify sums it",
  () => {
    const facts = sample("TENOFF_partially_refunded");
    expect(facts).toMatchObject({ financialStatus: "partially_refunded", cancelledAt: null });
    expect(facts.refunds).toEqual([
      {
        refundId: "509562969",
        createdAt: new Date("2025-07-02T16:29:59Z"),
        lines: [
          { lineId: "703073504", quantity: 1, subtotalMinor: 19_566, taxMinor: 398 },
          { lineId: "466157049", quantity: 1, subtotalMinor: 19_567, taxMinor: 398 },
        ],
        adjustmentMinor: 0,
      },
    ]);
    expect(earned(facts)).toEqual({ total: 19_567, items: [["IPOD2008RED", 1, 19_567]] });
    expect(earned({ ...facts, refunds: [] }).total).toBe(19_567);
  },
);

test.runIf(hasSamples)(
  "Shopify's sample of a cancelled order earns nothing, though a unit of it was not refunded",
  () => {
    const facts = sample("TENOFF_cancelled_partially_refunded");
    expect(facts.cancelledAt).toEqual(new Date("2025-07-02T16:31:25Z"));
    expect(earned(facts)).toEqual({ total: 0, items: [] });
    expect(earned({ ...facts, cancelledAt: null }).total).toBe(19_567);
  },
);

test.runIf(hasSamples)(
  "Shopify's sample of an order refunded unit by unit has nothing left, also without its cancellation",
  () => {
    const facts = sample("TENOFF_cancelled_refunded");
    expect(facts).toMatchObject({ financialStatus: "refunded" });
    expect(earned(facts)).toEqual({ total: 0, items: [] });
    expect(earned({ ...facts, cancelledAt: null })).toEqual({ total: 0, items: [] });
  },
);
