import { expect, test } from "vitest";
import type { Conversion } from "#app/core/conversions/conversion.ts";
import { prepareConversions } from "#app/core/conversions/prepare-conversions.ts";
import { SENT_TOGETHER } from "#app/core/conversions/send-jobs.ts";
import type { OrderId, ShopDomain } from "#app/core/ids.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import { failure, success } from "#app/core/result.ts";

const shop = "brand.myshopify.com" as ShopDomain;
const now = new Date("2026-11-26T12:00:00Z");

function conversion(number: number): Conversion {
  const orderId = `${number}` as OrderId;
  return {
    ...{ id: orderId, shop, orderId, share: "code", part: null, impactOrderId: orderId },
    ...{ wasReversed: false, programId: "1000", eventTypeId: "4000", accountSid: null },
    ...{ partnerId: null, code: null, clickId: null, currency: "USD", amountMinor: 1_000 },
    ...{ amountBasis: "net", lines: [], held: [], reversedAt: null, customerStatus: null },
    ...{ emailSha1: null, eventAt: now, state: "sending", attempts: 0, unfinished: 1 },
    ...{ leaseUntil: null, nextAttemptAt: null, problem: null, standing: null },
    ...{ createdAt: now, sentAt: null, settledAt: null },
  };
}

test("where Shopify refuses one of the calls for a long list, only the orders of that call wait", async () => {
  const asked: number[] = [];
  const orderDetails: Ports["shopify"]["orderDetails"] = async (_, orderIds) => {
    asked.push(orderIds.length);
    const message = "Shopify is busy.";
    if (asked.length === 2) return failure({ kind: "throttled", retry: "later", message });
    const details = { isReady: true, customerOrderIndex: 0, productTypes: new Map() };
    return success(new Map(orderIds.map((orderId) => [orderId, details])));
  };
  const ports = { clock: { now: () => now }, random: () => 0, shopify: { orderDetails } };
  const list = Array.from({ length: 2 * SENT_TOGETHER + 5 }, (_, index) => conversion(index + 1));
  const { prepared, outcomes } = await prepareConversions(ports, shop, list);
  expect(asked).toEqual([SENT_TOGETHER, SENT_TOGETHER, 5]);
  const refused = list.slice(SENT_TOGETHER, 2 * SENT_TOGETHER).map(({ id }) => id);
  expect(outcomes.map((one) => one.conversion.id)).toEqual(refused);
  expect(outcomes.every(({ reason }) => reason === "trying-again")).toBe(true);
  expect(prepared).toHaveLength(list.length - refused.length);
  expect(prepared.every((one) => one.conversion.customerStatus === "NEW")).toBe(true);
});
