import { expect, test } from "vitest";
import { createActionCalls } from "#app/adapters/impact/actions.ts";
import { createAdjustmentCalls } from "#app/adapters/impact/adjustments.ts";
import type { ImpactClient, ImpactRequest } from "#app/adapters/impact/impact-client.ts";
import type { Adjustment } from "#app/core/adjustments/adjustment.ts";
import type { ConversionLine } from "#app/core/conversions/conversion-lines.ts";
import type { HeldItem } from "#app/core/conversions/conversion.ts";
import type { z } from "zod";

const CREDENTIALS = { accountSid: "IR1", authToken: "t" };

/** A client that answers with these bodies in turn, and keeps what it was asked. */
function answering(...bodies: unknown[]) {
  const asked: ImpactRequest<z.ZodType>[] = [];
  const request = async (one: ImpactRequest<z.ZodType>) => {
    asked.push(one);
    return { ok: true, value: one.response.parse(bodies[asked.length - 1]) };
  };
  return { client: { request } as unknown as ImpactClient, asked };
}

const row = (changes: object) => ({
  Id: "1000.4000.1",
  Oid: "5500001",
  ActionTrackerId: "4000",
  MediaPartnerId: "10001",
  State: "PENDING",
  Currency: "USD",
  Amount: "62.10",
  Payout: "6.21",
  PromoCode: "ANNA10",
  EventDate: "2026-11-23T10:00:00+00:00",
  CreationDate: "2026-11-23T10:01:00+00:00",
  LockingDate: "2026-12-20T00:00:00+00:00",
  ...changes,
});

const QUERY = {
  programId: "1000",
  eventTypeId: "4000",
  impactOrderId: "5500001",
  eventAt: new Date("2026-11-23T10:00:00Z"),
};

test("an action is found by its order id and event type, on whatever page it is", async () => {
  const { client, asked } = answering(
    { "@numpages": "2", Actions: [row({ Oid: "5500002" }), row({ ActionTrackerId: "4001" })] },
    { "@numpages": "2", Actions: [row({})] },
  );
  const found = await createActionCalls(client).findAction(CREDENTIALS, QUERY);
  expect(found).toEqual({
    ok: true,
    value: expect.objectContaining({
      actionId: "1000.4000.1",
      partnerId: "10001",
      state: "pending",
      amountMinor: 6_210,
      payoutMinor: 621,
      lockedAt: new Date("2026-12-20T00:00:00Z"),
    }),
  });
  expect(asked.map(({ query }) => query?.["Page"])).toEqual(["1", "2"]);
  expect(asked[0]?.query).toMatchObject({
    CampaignId: "1000",
    ActionDateStart: "2026-11-22T10:00:00+00:00",
    ActionDateEnd: "2026-11-24T10:00:00+00:00",
  });
});

test("of several actions for an order the live one counts, whichever is listed first", async () => {
  const old = row({ Id: "old", State: "REVERSED" });
  const moved = row({ Id: "moved", CreationDate: "2026-11-25T10:00:00+00:00" });
  for (const Actions of [
    [old, moved],
    [moved, old],
  ]) {
    const { client } = answering({ Actions });
    const found = await createActionCalls(client).findAction(CREDENTIALS, QUERY);
    expect(found).toMatchObject({ ok: true, value: { actionId: "moved" } });
  }
});

test("numbers, empty strings and amounts finer than the currency are read too", async () => {
  const { client } = answering({
    Actions: [row({ Amount: 62.1, Payout: "0.655", LockingDate: "", PromoCode: "" })],
  });
  const found = await createActionCalls(client).findAction(CREDENTIALS, QUERY);
  expect(found).toMatchObject({
    value: { amountMinor: 6_210, payoutMinor: 66, lockedAt: null, promoCode: null },
  });
});

test("an order that impact.com has no action for gives none", async () => {
  const { client } = answering({ "@total": "0" });
  expect(await createActionCalls(client).findAction(CREDENTIALS, QUERY)).toEqual({
    ok: true,
    value: null,
  });
});

const LINES = [
  { sku: "MUG", category: "Drinkware", quantity: 2, subtotalMinor: 3_600 },
  { sku: "KETTLE", category: "Kitchen", quantity: 1, subtotalMinor: 4_410 },
] as ConversionLine[];
const CONVERSION = { impactOrderId: "5500001", eventTypeId: "4000", lines: LINES, held: [] };
const held = (sku: string, quantity: number, amountMinor: number): HeldItem => ({
  sku,
  quantity,
  amountMinor,
});
const CHANGE = {
  kind: "modification",
  disposition: "ORDER_UPDATE",
  target: [held("MUG", 1, 1_800), held("KETTLE", 1, 4_410)],
  currency: "USD",
  attempts: 1,
} as Adjustment;

async function sent(changes: Partial<Adjustment>) {
  const uri = "/Advertisers/IR1/APISubmissions/A-1";
  const { client, asked } = answering({ Status: "QUEUED", QueuedUri: uri });
  const { submitAdjustment } = createAdjustmentCalls(client);
  const answer = await submitAdjustment(CREDENTIALS, { ...CHANGE, ...changes }, CONVERSION);
  expect(answer).toEqual({ ok: true, value: { submissionId: "A-1" } });
  return asked[0];
}

test("a change names the items that change, the first without a number", async () => {
  expect(await sent({})).toMatchObject({
    method: "PUT",
    path: "Actions",
    priority: "adjustment",
    form: {
      ActionTrackerId: "4000",
      OrderId: "5500001",
      Reason: "ORDER_UPDATE",
      Sku: "MUG",
      Category: "Drinkware",
      Quantity: "1",
      Amount: "18.00",
    },
  });
  const both = await sent({ target: [held("MUG", 0, 0), held("KETTLE", 2, 8_820)] });
  expect(both?.form).toMatchObject({ Sku: "MUG", Quantity: "0", Sku2: "KETTLE", Amount2: "88.20" });
  expect(both?.form).not.toHaveProperty("Amount");
});

test("a second attempt names every item: impact.com may have taken an earlier one", async () => {
  const again = await sent({ attempts: 2 });
  expect(again?.form).toMatchObject({ Sku: "MUG", Sku2: "KETTLE", Quantity2: "1" });
});

test("a reversal gives the reason and no items", async () => {
  const asked = await sent({ kind: "reversal", disposition: "CONS_FRAUD" });
  expect(asked?.method).toBe("DELETE");
  expect(asked?.form).toEqual({
    ActionTrackerId: "4000",
    OrderId: "5500001",
    DispositionCode: "CONS_FRAUD",
  });
});
