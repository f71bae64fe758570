import { expect, test } from "vitest";
import type { Conversion } from "#app/core/conversions/conversion.ts";
import { prepareConversions } from "#app/core/conversions/prepare-conversions.ts";
import { oldestReportable } from "#app/core/conversions/reporting-limit.ts";
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

const DETAILS = { isReady: true, customerOrderIndex: 0, productTypes: new Map() };

/** Shopify refuses for good whatever call holds one of these; all calls are noted by their size. */
function refusing(bad: readonly string[]) {
  const asked: number[] = [];
  const orderDetails: Ports["shopify"]["orderDetails"] = async (_, orderIds) => {
    asked.push(orderIds.length);
    const message = "Shopify refused the request.";
    const isRefused = orderIds.some((orderId) => bad.includes(orderId));
    if (isRefused) return failure({ kind: "refused", retry: "never", message });
    return success(new Map(orderIds.map((orderId) => [orderId, DETAILS])));
  };
  return {
    asked,
    ports: { clock: { now: () => now }, random: () => 0, shopify: { orderDetails } },
  };
}

const listOf = (length: number) => Array.from({ length }, (_, index) => conversion(index + 1));

test("a list that Shopify tells of whole is asked for in one call", async () => {
  const { ports, asked } = refusing([]);
  const { prepared } = await prepareConversions(ports, shop, listOf(SENT_TOGETHER));
  expect(prepared).toHaveLength(SENT_TOGETHER);
  expect(asked).toEqual([SENT_TOGETHER]);
});

test("one order that Shopify refuses takes the details of no other, and waits alone with its sentence", async () => {
  const { ports, asked } = refusing(["17"]);
  const { prepared, outcomes } = await prepareConversions(ports, shop, listOf(SENT_TOGETHER));
  expect(prepared).toHaveLength(SENT_TOGETHER - 1);
  expect(prepared.every((one) => one.conversion.customerStatus === "NEW")).toBe(true);
  expect(outcomes).toMatchObject([
    {
      conversion: { id: "17", state: "ready", attempts: 1 },
      reason: "trying-again",
      problem: expect.stringMatching(/three days.*without/) as string,
    },
  ]);
  expect(asked.length).toBeLessThan(15);
});

test("where Shopify refuses all of a list, all wait, after fewer than fifty calls", async () => {
  const list = listOf(SENT_TOGETHER);
  const { ports, asked } = refusing(list.map(({ id }) => id));
  const { prepared, outcomes } = await prepareConversions(ports, shop, list);
  expect([prepared.length, outcomes.length]).toEqual([0, SENT_TOGETHER]);
  expect(asked.length).toBeLessThan(50);
});

test("an order that Shopify refuses goes without details rather than too late", async () => {
  const { ports } = refusing(["1"]);
  const eventAt = new Date(oldestReportable(now).getTime() + 1_000);
  const { prepared } = await prepareConversions(ports, shop, [{ ...conversion(1), eventAt }]);
  expect(prepared).toMatchObject([{ conversion: { id: "1", customerStatus: null } }]);
});

test("where Shopify refuses one of the calls for a long list, only the orders of that call wait", async () => {
  const asked: number[] = [];
  const orderDetails: Ports["shopify"]["orderDetails"] = async (_, orderIds) => {
    asked.push(orderIds.length);
    const message = "Shopify is busy.";
    if (asked.length === 2) return failure({ kind: "throttled", retry: "later", message });
    return success(new Map(orderIds.map((orderId) => [orderId, DETAILS])));
  };
  const ports = { clock: { now: () => now }, random: () => 0, shopify: { orderDetails } };
  const list = listOf(2 * SENT_TOGETHER + 5);
  const { prepared, outcomes } = await prepareConversions(ports, shop, list);
  expect(asked).toEqual([SENT_TOGETHER, SENT_TOGETHER, 5]);
  const refused = list.slice(SENT_TOGETHER, 2 * SENT_TOGETHER).map(({ id }) => id);
  expect(outcomes.map((one) => one.conversion.id)).toEqual(refused);
  expect(outcomes.every(({ reason }) => reason === "trying-again")).toBe(true);
  expect(prepared).toHaveLength(list.length - refused.length);
  expect(prepared.every((one) => one.conversion.customerStatus === "NEW")).toBe(true);
});
