import { expect, test } from "vitest";
import { changeCodes } from "#app/core/changes/change-codes.ts";
import { readChange } from "#app/core/changes/read-change.ts";
import { EVERY_CODE } from "#app/core/codes/code-selection.ts";
import { assignCode } from "#app/core/codes/assign-code.ts";
import { retireEnded } from "#app/core/codes/retire-ended.ts";
import { cancelBatch } from "#app/core/batches/cancel-batch.ts";
import { resumeBatch } from "#app/core/batches/resume-batch.ts";
import type { PartnerId } from "#app/core/ids.ts";
import { runChanges, standOf, startChanging } from "#test/core/given/change-batch.ts";
import { discountWith } from "#test/core/given/drift.ts";
import { killedAt } from "#test/core/given/killed-at.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import {
  codeOf,
  requestsTo,
  standingOf,
  worldWithCodes,
} from "#test/core/given/world-with-codes.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { buy, buyAndDeliver, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { createWorld, type World } from "#test/support/world.ts";

const ALL_DONE = { batch: "done", open: 0, failed: 0, dropped: 0 };

/** A shop with so many codes of Anna's, live and registered. */
async function worldWithMany(count: number): Promise<{ world: World; codes: string[] }> {
  const world = await createWorld();
  await setUpProgram(world);
  const codes = Array.from({ length: count }, (_, index) => `TEA-${100 + index}`);
  await makeDiscount(world, draftFor(codes.map((code) => ["10001", code])));
  await world.drain();
  return { world, codes };
}

function activeAt({ account, clock }: World, code: string) {
  return account.promoCodes.filter(
    (one) => one.code === code && (one.endsAt === null || one.endsAt > clock.now()),
  );
}

test("a retired code is gone from Shopify, ended at impact.com, and its history stays", async () => {
  const world = await worldWithCodes();
  const batchId = await startChanging(world, ["ANNA10"], { kind: "retire" });
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 1 });
  expect([...world.shop.codes.keys()]).toEqual(["BEN10"]);
  expect(activeAt(world, "ANNA10")).toEqual([]);
  expect(await codeOf(world, "ANNA10")).toMatchObject({
    shopifyState: "retired",
    impactState: "expired",
    partner: null,
  });
  const [assignment] = await world.prisma.assignment.findMany({
    where: { code: { code: "ANNA10" } },
  });
  expect(assignment).toMatchObject({ partnerId: "10001" });
  expect(assignment?.endsAt).not.toBeNull();
});

test("an order from before the retirement that comes late still earns its partner, at impact.com too", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  world.clock.pass(60_000);
  await startChanging(world, ["ANNA10"], { kind: "retire" });
  await world.drain();
  await deliver(world, webhookFor(world, order));
  await world.drain();
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({
    state: "reported",
    reason: "credited",
  });
  expect(world.account.actions).toMatchObject([{ partnerId: "10001", orderId: order.id }]);
});

test("an order with a retired code that was placed afterwards earns nobody, and says so", async () => {
  const world = await worldWithCodes();
  await startChanging(world, ["ANNA10"], { kind: "retire" });
  await world.drain();
  // A checkout that was opened before may still end with the code.
  makeInShopify(world, "ANNA10", "Creators");
  world.clock.pass(60_000);
  const late = await buyAndDeliver(world, { codes: ["ANNA10"] });
  expect(await standingOf(world, late)).toMatchObject({ reason: "not-assigned-then" });
});

test("the last code of a discount is retired even where Shopify keeps it: the discount ends", async () => {
  const world = await worldWithCodes();
  world.shopify.settings.lastRedeemCodeStays = true;
  const batchId = await startChanging(world, ["ANNA10", "BEN10"], { kind: "retire" });
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 2 });
  expect([...world.shop.discounts.values()][0]?.endsAt).not.toBeNull();
});

test("a discount goes on for its other codes while Shopify's search still finds those retired", async () => {
  const world = await worldWithCodes();
  world.shopify.settings.removedCodesAreFound = true;
  const batchId = await startChanging(world, ["ANNA10"], { kind: "retire" });
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 1 });
  expect(discountWith(world, "BEN10").endsAt).toBeNull();
  expect([...world.shop.codes.keys()]).toEqual(["BEN10"]);
});

test("a code that could not be retired before it was made is retired at its own end all the same", async () => {
  const world = await worldWithCodes();
  const save = (data: object) => world.prisma.code.updateMany({ where: { code: "ANNA10" }, data });
  await save({ shopifyState: "planned", liveAt: null });
  const early = await startChanging(world, ["ANNA10"], { kind: "retire" });
  await world.drain();
  expect(await standOf(world, early)).toMatchObject({ failed: 1 });
  world.clock.pass(60_000);
  const liveAt = world.clock.now();
  const endsAt = new Date(liveAt.getTime() + 86_400_000);
  await save({ shopifyState: "live", liveAt, endsAt });
  world.clock.pass(2 * 86_400_000);
  await retireEnded(world.ports, { shop: world.domain });
  await world.drain();
  expect(await codeOf(world, "ANNA10")).toMatchObject({ shopifyState: "retired" });
});

test("a code that was never registered is taken from Shopify, and impact.com is told nothing", async () => {
  const world = await worldWithCodes();
  await world.prisma.code.updateMany({
    data: { impactState: "planned", impactPromoCodeId: null, impactAttempts: 0 },
  });
  const requests = world.impact.requests.length;
  const batchId = await startChanging(world, ["ANNA10"], { kind: "retire" });
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 1 });
  expect(await codeOf(world, "ANNA10")).toMatchObject({ impactState: "expired" });
  expect(world.impact.requests).toHaveLength(requests);
});

test("where orders wait for a registration, the code is registered before it is ended", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  await world.prisma.code.updateMany({
    data: { impactState: "failed", impactPromoCodeId: null, impactAttempts: 1 },
  });
  world.account.promoCodes.length = 0;
  await deliver(world, webhookFor(world, order));
  await world.drain();
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({
    reason: "code-not-registered",
  });
  world.clock.pass(60_000);
  await startChanging(world, ["ANNA10"], { kind: "retire" });
  await world.drain();
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "credited" });
  expect(activeAt(world, "ANNA10")).toEqual([]);
});

test("what is retired already is left alone, and what was never made says so", async () => {
  const world = await worldWithCodes();
  await world.prisma.code.updateMany({
    where: { code: "BEN10" },
    data: { shopifyState: "failed" },
  });
  await runChanges(world, await startChanging(world, ["ANNA10"], { kind: "retire" }));
  const calls = world.shopify.calls.length;
  const batchId = await startChanging(world, ["ANNA10", "BEN10"], { kind: "retire" });
  await runChanges(world, batchId);
  expect(world.shopify.calls).toHaveLength(calls);
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 1, failed: 1 });
  const { changes } = world.ports.store;
  const [failed] = await changes.listFailed(world.domain, batchId, { after: null, limit: 9 });
  expect(failed?.problem).toMatch(/BEN10 was never made in Shopify/);
});

test("a retired code can't be assigned again, and says what to do", async () => {
  const world = await worldWithCodes();
  await runChanges(world, await startChanging(world, ["ANNA10"], { kind: "retire" }));
  const { ports, domain: shop } = world;
  const { code } = await codeOf(world, "ANNA10");
  const wish = { shop, code, partnerId: "10002" as PartnerId, since: null };
  expect(await assignCode(ports, wish)).toMatchObject({
    ok: false,
    problem: { message: expect.stringMatching(/was retired.*another code/) as string },
  });
});

test("two batches can't change one code at once", async () => {
  const world = await worldWithCodes();
  world.shopify.settings.jobs.durationMs = 90_000;
  const first = await startChanging(world, ["ANNA10"], { kind: "retire" });
  await changeCodes(world.ports, { shop: world.domain, batchId: first });
  const second = await startChanging(world, ["ANNA10"], {
    kind: "reassign",
    partnerId: "10002" as PartnerId,
  });
  await world.drain();
  expect(await standOf(world, first)).toEqual({ ...ALL_DONE, done: 1 });
  expect(await standOf(world, second)).toEqual({ ...ALL_DONE, done: 0, failed: 1 });
});

test("a form that is sent twice starts one batch", async () => {
  const world = await worldWithCodes();
  const choice = { kind: "retire" as const, draftKey: "one" };
  const first = await startChanging(world, ["ANNA10"], choice);
  expect(await startChanging(world, ["ANNA10"], choice)).toBe(first);
  expect(await world.prisma.batch.count({ where: { kind: "retire" } })).toBe(1);
});

test("a form that is sent again once nothing matches any more is answered with its batch", async () => {
  const world = await worldWithCodes();
  const selection = { kind: "matching", filter: { ...EVERY_CODE, shopifyState: "live" } } as const;
  const choice = { kind: "retire" as const, draftKey: "one", selection };
  const first = await startChanging(world, [], choice);
  await world.drain();
  expect(await startChanging(world, [], choice)).toBe(first);
  await expect(startChanging(world, [], { ...choice, draftKey: "other" })).rejects.toThrow(
    /Select at least one code/,
  );
});

test.each([1, 2, 4, 6, 8, 10, 12, 14, 16, 20, 28])(
  "killed at its call number %i, a retirement of 60 codes goes on and ends each once",
  async (nth) => {
    const { world, codes } = await worldWithMany(61);
    const [kept, ...gone] = codes;
    const batchId = await startChanging(world, gone, { kind: "retire" });
    const doomed = killedAt(world, nth);
    const run = changeCodes(doomed.ports, { shop: world.domain, batchId });
    await Promise.race([run, doomed.killed]);
    world.clock.pass(3_600_000);
    await runChanges(world, batchId);
    expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 60 });
    expect([...world.shop.codes.keys()]).toEqual([kept]);
    const { promoCodes } = world.account;
    expect(promoCodes.filter(({ endsAt }) => endsAt === null)).toMatchObject([{ code: kept }]);
    expect(promoCodes).toHaveLength(61);
  },
);

test("when the hour's budget is used up, all codes go from Shopify at once, and are ended as hours pass", async () => {
  const { world, codes } = await worldWithMany(8);
  world.clock.pass(3_600_000);
  world.impactState.rules.requestsPerHour = 5;
  world.shopify.settings.jobs.durationMs = 90_000;
  const batchId = await startChanging(world, codes, { kind: "retire" });
  const before = requestsTo(world, "DELETE", "").length;
  await world.drain(1_800_000);
  expect(world.shop.codes.size).toBe(0);
  expect(await world.prisma.code.count({ where: { shopifyState: "retired" } })).toBe(8);
  expect(requestsTo(world, "DELETE", "").length - before).toBeLessThan(8);
  expect(await world.ports.store.batches.find(world.domain, batchId)).toMatchObject({
    state: "running",
    problem: expect.stringMatching(/^Only impact.com's side waits.*hourly limit is used/) as string,
  });
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 8 });
  expect(world.account.promoCodes.every(({ endsAt }) => endsAt !== null)).toBe(true);
});

test("while Shopify is down the batch says why, and goes on by itself", async () => {
  const world = await worldWithCodes();
  const batchId = await startChanging(world, ["ANNA10"], { kind: "retire" });
  world.shopify.faults.failNext(1, 503);
  await changeCodes(world.ports, { shop: world.domain, batchId });
  expect(await world.ports.store.batches.find(world.domain, batchId)).toMatchObject({
    state: "running",
    problem: expect.stringMatching(/tried again by itself/) as string,
  });
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 1 });
});

test("cancelled, what is not begun stays as it is, and resumed it is retired after all", async () => {
  const { world, codes } = await worldWithMany(4);
  const later = new Date(world.clock.now().getTime() + 86_400_000);
  const batchId = await startChanging(world, codes, { kind: "retire", startsAt: later });
  await world.drain(1_000);
  await cancelBatch(world.ports, { shop: world.domain, batchId });
  await world.drain(1_000);
  expect(await standOf(world, batchId)).toEqual({
    ...{ batch: "cancelled", open: 0, done: 0, failed: 0, dropped: 4 },
  });
  expect(world.shop.codes.size).toBe(4);
  await resumeBatch(world.ports, { shop: world.domain, batchId });
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 4 });
  expect(world.shop.codes.size).toBe(0);
});

test("a code whose registration can't be reached fails with a sentence, and goes on when it can", async () => {
  const world = await worldWithCodes();
  const batchId = await startChanging(world, ["ANNA10"], { kind: "retire" });
  const account = await world.prisma.impactAccount.findFirstOrThrow({});
  await world.prisma.impactAccount.deleteMany({});
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 0, failed: 1 });
  await world.prisma.impactAccount.create({ data: account });
  await resumeBatch(world.ports, { shop: world.domain, batchId });
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 1 });
  expect(activeAt(world, "ANNA10")).toEqual([]);
});

test("a batch under way says how fast codes are retired, and how long the rest takes", async () => {
  const { world, codes } = await worldWithMany(6);
  const { ports, prisma, clock, domain: shop } = world;
  const later = new Date(clock.now().getTime() + 86_400_000);
  const batchId = await startChanging(world, codes, { kind: "retire", startsAt: later });
  await world.drain(1_000);
  expect(await readChange(ports, { shop, batchId })).toMatchObject({
    ...{ perMinute: null, secondsLeft: null },
  });
  const changes = await prisma.change.findMany({ where: { batchId } });
  for (const [index, { codeId }] of changes.slice(0, 3).entries()) {
    const doneAt = new Date(clock.now().getTime() - index * 10_000);
    await prisma.change.updateMany({ where: { codeId }, data: { state: "done", doneAt } });
  }
  expect(await readChange(ports, { shop, batchId })).toMatchObject({
    ...{ perMinute: 6, secondsLeft: 30 },
  });
});
