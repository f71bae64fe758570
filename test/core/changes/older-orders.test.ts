import { expect, test } from "vitest";
import { cancelBatch } from "#app/core/batches/cancel-batch.ts";
import { resumeBatch } from "#app/core/batches/resume-batch.ts";
import { repairDifference } from "#app/core/code-differences/repair-difference.ts";
import { startCheck } from "#app/core/code-differences/start-check.ts";
import { readChange } from "#app/core/changes/read-change.ts";
import { BEN, standOf, startChanging } from "#test/core/given/change-batch.ts";
import { listDifferences } from "#test/core/given/check-codes-now.ts";
import { codeOf, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { payOrder } from "#test/sandbox/shopify/orders/change-order.ts";
import type { Rules } from "#test/sandbox/impact/rules.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const READINGS: Rules["codeDates"][] = ["event date", "receipt"];
const TO_BEN = { kind: "reassign", partnerId: BEN } as const;

/** Orders are reported once they are paid, and impact.com reads the dates of codes that way. */
async function worldReading(codeDates: Rules["codeDates"]): Promise<World> {
  const world = await worldWithCodes();
  world.impactState.rules.codeDates = codeDates;
  const settings = { reportWhen: "paid", amountBasis: "net" } as const;
  await world.ports.store.shops.saveReportSettings(world.domain, settings);
  return world;
}

async function order(world: World, financialStatus: "pending" | "paid"): Promise<StoredOrder> {
  const placed = buy(world, { codes: ["ANNA10"], financialStatus });
  await deliver(world, webhookFor(world, placed));
  await world.drain(60_000);
  world.clock.pass(60_000);
  return placed;
}

async function pay(world: World, placed: StoredOrder): Promise<void> {
  world.clock.pass(1_000);
  const [paid] = payOrder(world.shopifyState, world.shop, placed);
  if (!paid) throw new Error("nothing was told");
  await deliver(world, webhookFor(world, paid, { topic: "orders/paid" }));
  await world.drain(60_000);
}

function paidFor({ account }: World, orders: readonly StoredOrder[]) {
  return orders.map(
    ({ id }) => account.actions.find((one) => one.orderId === id)?.partnerId ?? null,
  );
}

function standing({ account, clock }: World) {
  const isActive = ({ code, endsAt }: { code: string; endsAt: Date | null }) =>
    code === "ANNA10" && (endsAt === null || endsAt > clock.now());
  return account.promoCodes.filter(isActive).map(({ partnerId }) => partnerId);
}

async function sentence({ ports, domain: shop }: World, batchId: string): Promise<string> {
  return (await readChange(ports, { shop, batchId }))?.putOff ?? "nothing is put off";
}

test("a retired code goes from Shopify at once, and ends at impact.com after its unpaid order", async () => {
  const world = await worldReading("receipt");
  const early = await order(world, "pending");
  const batchId = await startChanging(world, ["ANNA10"], { kind: "retire" });
  await world.drain(2 * HOUR);
  expect([...world.shop.codes.keys()]).toEqual(["BEN10"]);
  expect(standing(world)).toEqual(["10001"]);
  expect(await standOf(world, batchId)).toMatchObject({ batch: "running", open: 1 });
  expect(await sentence(world, batchId)).toMatch(
    /^1 order with 1 of these codes is still to be reported.* at the latest 85 days after/,
  );
  await pay(world, early);
  await world.drain();
  expect(paidFor(world, [early])).toEqual(["10001"]);
  expect(standing(world)).toEqual([]);
  expect(await standOf(world, batchId)).toMatchObject({ batch: "done", done: 1 });
});

test.each(READINGS)(
  "a code changes hands after an order that an outage held up, judged by %s",
  async (codeDates) => {
    const world = await worldReading(codeDates);
    world.impact.faults.failNext(99, 503, ({ path }) => path.endsWith("/Conversions"));
    const early = await order(world, "paid");
    const batchId = await startChanging(world, ["ANNA10"], TO_BEN);
    await world.drain(HOUR);
    expect(await codeOf(world, "ANNA10")).toMatchObject({ partner: { partnerId: "10001" } });
    expect(await sentence(world, batchId)).toMatch(/^1 order .* changes hands when .* 7 days/);
    world.impact.faults.clear();
    await world.drain();
    world.clock.pass(60_000);
    expect(await standOf(world, batchId)).toMatchObject({ batch: "done", done: 1 });
    const late = await order(world, "paid");
    await world.drain();
    expect(paidFor(world, [early, late])).toEqual(["10001", "10002"]);
    expect(await standingOf(world, orderIdOf(late))).toMatchObject({ reason: "credited" });
  },
);

test("a rotated code's registration ends after an order whose outcome is not known", async () => {
  const world = await worldReading("receipt");
  world.impactState.rules.submissionDelayMs = 6 * HOUR;
  const early = await order(world, "paid");
  const batchId = await startChanging(world, ["ANNA10"], { kind: "rotate" });
  await world.drain(5 * HOUR);
  expect(world.shop.codes.has("ANNA10")).toBe(false);
  expect(standing(world)).toEqual(["10001"]);
  await world.drain();
  expect(await standOf(world, batchId)).toMatchObject({ batch: "done", done: 1 });
  expect(paidFor(world, [early])).toEqual(["10001"]);
  expect(standing(world)).toEqual([]);
});

test("a retired code that was never registered is, for its orders, and ends after them", async () => {
  const world = await worldReading("receipt");
  await world.prisma.code.updateMany({
    data: { impactState: "failed", impactPromoCodeId: null, impactAttempts: 1 },
  });
  world.account.promoCodes.length = 0;
  const early = await order(world, "paid");
  await startChanging(world, ["ANNA10"], { kind: "retire" });
  await world.drain();
  expect(paidFor(world, [early])).toEqual(["10001"]);
  expect(standing(world)).toEqual([]);
});

test("a code is not given away for an order that stays unpaid for a week, and may be afterwards", async () => {
  const world = await worldReading("receipt");
  const early = await order(world, "pending");
  const batchId = await startChanging(world, ["ANNA10"], TO_BEN);
  await world.drain(8 * DAY);
  expect(await standOf(world, batchId)).toMatchObject({ batch: "done", failed: 1 });
  const { changes } = world.ports.store;
  const [failed] = await changes.listFailed(world.domain, batchId, { after: null, limit: 9 });
  expect(failed?.problem).toMatch(/^1 order with ANNA10 .* after 7 days, so it stays Anna/);
  await pay(world, early);
  await world.drain(HOUR);
  await resumeBatch(world.ports, { shop: world.domain, batchId });
  await world.drain();
  expect(paidFor(world, [early])).toEqual(["10001"]);
  expect(standing(world)).toEqual(["10002"]);
});

test("a code that some order is always on its way with changes hands after a day", async () => {
  const world = await worldReading("event date");
  let last = await order(world, "pending");
  const batchId = await startChanging(world, ["ANNA10"], TO_BEN);
  let hours = 0;
  for (; hours < 40 && standing(world)[0] !== "10002"; hours += 1) {
    world.clock.pass(HOUR);
    const next = await order(world, "pending");
    await pay(world, last);
    last = next;
  }
  expect(hours).toBeGreaterThan(23);
  expect(standing(world)).toEqual(["10002"]);
  expect(await standOf(world, batchId)).toMatchObject({ batch: "done", done: 1 });
});

test("a cancelled retirement leaves a registration that an order needs, and resuming ends it after that", async () => {
  const world = await worldReading("receipt");
  const early = await order(world, "pending");
  const batchId = await startChanging(world, ["ANNA10"], { kind: "retire" });
  await world.drain(HOUR);
  await cancelBatch(world.ports, { shop: world.domain, batchId });
  await world.drain(HOUR);
  expect(await standOf(world, batchId)).toMatchObject({ batch: "cancelled", failed: 1 });
  // The nightly check lists it, and its repair waits too.
  const { ports, domain: shop } = world;
  await startCheck(ports, shop);
  await world.drain(HOUR);
  const [found] = await listDifferences(world);
  if (!found) throw new Error("nothing differs");
  const repaired = await repairDifference(ports, { ...found, shop, repair: "end-at-impact" });
  expect(repaired).toMatchObject({
    ...{ ok: false, problem: { message: expect.stringMatching(/^1 order with ANNA10/) as string } },
  });
  expect(standing(world)).toEqual(["10001"]);
  await pay(world, early);
  await world.drain(HOUR);
  await resumeBatch(world.ports, { shop: world.domain, batchId });
  await world.drain();
  expect(paidFor(world, [early])).toEqual(["10001"]);
  expect(standing(world)).toEqual([]);
});
