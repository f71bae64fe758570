import { expect, test } from "vitest";
import { cancelBatch } from "#app/core/batches/cancel-batch.ts";
import { resumeBatch } from "#app/core/batches/resume-batch.ts";
import { readBatch } from "#app/core/batches/read-batch.ts";
import { retireEnded } from "#app/core/codes/retire-ended.ts";
import { previewChange } from "#app/core/changes/preview-change.ts";
import { drawn, familyWorld } from "#test/core/given/family-world.ts";
import { changeCodes } from "#app/core/changes/change-codes.ts";
import { BEN, standOf, startChanging } from "#test/core/given/change-batch.ts";
import { killedAt } from "#test/core/given/killed-at.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { codeOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import type { World } from "#test/support/world.ts";

const ALL_DONE = { batch: "done", open: 0, failed: 0, dropped: 0 };
const DAY_MS = 86_400_000;

/** The partners of codes that customers can use, as impact.com has them. */
function registeredIn({ account, shop, clock }: World) {
  return [...shop.codes.keys()].map((code) => {
    const [registration] = account.promoCodes.filter(
      (one) => one.code === code && (one.endsAt === null || one.endsAt > clock.now()),
    );
    return registration?.partnerId ?? null;
  });
}

test("a rotated code has a successor of the same partner's and discount, and is retired at once", async () => {
  const world = await worldWithCodes();
  const batchId = await startChanging(world, ["ANNA10"], {
    ...{ kind: "rotate", pattern: "{FIRST}-{RANDOM:6}", graceDays: "0" },
  });
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 1 });
  const old = await codeOf(world, "ANNA10");
  expect(old).toMatchObject({ shopifyState: "retired", impactState: "expired" });
  const [text] = [...world.shop.codes.keys()].filter((code) => code !== "BEN10");
  expect(text).toMatch(/^ANNA-[A-Z0-9]{6}$/);
  expect(await codeOf(world, text ?? "")).toMatchObject({
    discountId: old.discountId,
    partner: { partnerId: "10001" },
    impactState: "registered",
  });
  expect(registeredIn(world).sort()).toEqual(["10001", "10002"]);
});

test("a pattern that would give the old codes again is refused, and one with a random part is offered", async () => {
  const world = await worldWithCodes();
  const { ports, prisma, domain: shop } = world;
  const typed = { kind: "rotate" as const, pattern: "{FIRST}{VALUE}" };
  await expect(startChanging(world, ["ANNA10", "BEN10"], typed)).rejects.toThrow(
    /would be ANNA10 and 1 more, which you have already\. Add a random part/,
  );
  const plan = { pattern: "{FIRST}{VALUE}", value: "10", codesEach: 1, partnerIds: [], drawn: 0 };
  await prisma.batch.updateMany({ data: { plan } });
  const { id } = await codeOf(world, "ANNA10");
  const selection = { kind: "picked" as const, codeIds: [id] };
  const asked = { shop, selection, kind: "rotate" as const, partnerId: null };
  expect((await previewChange(ports, asked)).example?.pattern).toBe("{FIRST}{VALUE}-{RANDOM:6}");
  // The form was sent before somebody made the code: the other is rotated all the same.
  const batchId = await startChanging(world, ["ANNA10", "BEN10"], {
    kind: "rotate",
    pattern: "{FIRST}",
  });
  await prisma.code.update({
    where: { id: (await codeOf(world, "BEN10")).id },
    data: { code: "BEN" },
  });
  await world.drain();
  expect(await standOf(world, batchId)).toMatchObject({ done: 1, failed: 1 });
  expect(await whyFailed(world, batchId)).toMatch(
    /^No new code was drawn, and BEN stays\. BEN is taken/,
  );
});

test("a pattern whose codes another partner's family would match is refused, with whose they would be", async () => {
  const { world, discountId } = await familyWorld();
  await drawn(world, discountId, { partnerIds: [BEN] });
  await world.drain(600_000);
  const typed = { kind: "rotate" as const, pattern: "BEN{VALUE}-{RANDOM:6}" };
  await expect(startChanging(world, ["ANNASOWN"], typed)).rejects.toThrow(
    /Anna Able's codes .+ credited to Ben Baker.+Start the pattern with another word/,
  );
});

test("with days of grace both codes work until the old one is due", async () => {
  const world = await worldWithCodes();
  const batchId = await startChanging(world, ["ANNA10", "BEN10"], {
    ...{ kind: "rotate", graceDays: "14" },
  });
  await world.drain(13 * DAY_MS);
  expect(world.shop.codes.size).toBe(4);
  expect(registeredIn(world).sort()).toEqual(["10001", "10001", "10002", "10002"]);
  expect(await standOf(world, batchId)).toMatchObject({ batch: "running", open: 2 });
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 2 });
  expect(world.shop.codes.size).toBe(2);
  expect(world.shop.codes.has("ANNA10")).toBe(false);
});

test("an old code whose own end comes before its grace is over goes at that end", async () => {
  const world = await worldWithCodes();
  const endsAt = new Date(world.clock.now().getTime() + 3 * DAY_MS);
  await world.prisma.code.updateMany({ where: { code: "ANNA10" }, data: { endsAt } });
  const batchId = await startChanging(world, ["ANNA10"], { kind: "rotate", graceDays: "300" });
  await world.drain(2 * DAY_MS);
  expect(world.shop.codes.has("ANNA10")).toBe(true);
  await world.drain(4 * DAY_MS);
  expect(world.shop.codes.has("ANNA10")).toBe(false);
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 1 });
});

test("a code's own end does not wait for the day on which another partner is to get it", async () => {
  const world = await worldWithCodes();
  const at = (days: number) => new Date(world.clock.now().getTime() + days * DAY_MS);
  const endsAt = at(3);
  await world.prisma.code.updateMany({ where: { code: "ANNA10" }, data: { endsAt } });
  const choice = { kind: "reassign" as const, partnerId: BEN, startsAt: at(30) };
  const batchId = await startChanging(world, ["ANNA10"], choice);
  await world.drain(DAY_MS);
  world.clock.pass(3 * DAY_MS);
  await retireEnded(world.ports, { shop: world.domain });
  await world.drain(DAY_MS);
  expect(world.shop.codes.has("ANNA10")).toBe(false);
  expect(await standOf(world, batchId)).toMatchObject({ batch: "done", failed: 1 });
});

test("a leaked old code is retired at once, whatever grace it has, and its rotation says so", async () => {
  const world = await worldWithCodes();
  const batchId = await startChanging(world, ["ANNA10"], { kind: "rotate", graceDays: "300" });
  await world.drain(DAY_MS);
  expect(world.shop.codes.has("ANNA10")).toBe(true);
  const retiring = await startChanging(world, ["ANNA10"], { kind: "retire" });
  await world.drain(DAY_MS);
  expect(world.shop.codes.has("ANNA10")).toBe(false);
  expect(await standOf(world, retiring)).toEqual({ ...ALL_DONE, done: 1 });
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, failed: 1, done: 0 });
  const [left] = await world.ports.store.changes.listFailed(world.domain, batchId, {
    ...{ after: null, limit: 1 },
  });
  expect(left?.problem).toMatch(/^Another batch has retired this code/);
  await resumeBatch(world.ports, { shop: world.domain, batchId });
  await world.drain(DAY_MS);
  expect(await standOf(world, batchId)).toMatchObject({ batch: "done", open: 0 });
});

test("an old code goes from Shopify when it is due, though impact.com takes no request for the end of another", async () => {
  const world = await worldWithCodes();
  const { prisma, clock } = world;
  const batchId = await startChanging(world, ["ANNA10", "BEN10"], {
    ...{ kind: "rotate", graceDays: "1" },
  });
  await world.drain(60_000);
  const { id: codeId } = await codeOf(world, "BEN10");
  const dueAt = new Date(clock.now().getTime() + DAY_MS + 600_000);
  await prisma.change.updateMany({ where: { batchId, codeId }, data: { dueAt } });
  world.impact.faults.rateLimitNext(1_000, ({ method }) => method === "DELETE");
  await world.drain(dueAt.getTime() - clock.now().getTime() + 60_000);
  expect(world.shop.codes.has("ANNA10") || world.shop.codes.has("BEN10")).toBe(false);
  expect((await codeOf(world, "BEN10")).shopifyState).toBe("retired");
  expect((await world.ports.store.batches.find(world.domain, batchId))?.problem).toMatch(
    /^Only impact.com's side waits/,
  );
  world.impact.faults.clear();
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 2 });
  expect(registeredIn(world).sort()).toEqual(["10001", "10002"]);
});

const IS_POST = ({ method, path }: { method: string; path: string }) =>
  method === "POST" && path.endsWith("/PromoCodes");

async function whyFailed(world: World, batchId: string): Promise<string | null | undefined> {
  const page = { after: null, limit: 9 };
  const [failed] = await world.ports.store.changes.listFailed(world.domain, batchId, page);
  return failed?.problem;
}

test("an old code stays until its new one is registered, and its days of grace are counted from then", async () => {
  const world = await worldWithCodes();
  world.impact.faults.failNext(1_000, 503, IS_POST);
  const batchId = await startChanging(world, ["ANNA10"], { kind: "rotate", graceDays: "0" });
  await world.drain(600_000);
  expect(await codeOf(world, "ANNA10")).toMatchObject({ impactState: "registered" });
  expect(world.shop.codes.has("ANNA10")).toBe(true);
  expect(world.shop.codes.size).toBe(3);
  world.impact.faults.clear();
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 1 });
  expect(registeredIn(world).sort()).toEqual(["10001", "10002"]);
});

test("a new code that impact.com refuses leaves the old one as it is, and is followed again", async () => {
  const world = await worldWithCodes();
  world.impact.faults.failNext(3, 400, IS_POST);
  const batchId = await startChanging(world, ["ANNA10"], { kind: "rotate" });
  await world.drain();
  expect(await whyFailed(world, batchId)).toMatch(/works in Shopify, but is not registered/);
  expect(world.shop.codes.has("ANNA10")).toBe(true);
  world.impact.faults.clear();
  await resumeBatch(world.ports, { shop: world.domain, batchId });
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 1 });
  expect(registeredIn(world).sort()).toEqual(["10001", "10002"]);
});

test("a code of a partner without a contract is not rotated, and says what to do", async () => {
  const world = await worldWithCodes();
  await world.prisma.partner.updateMany({
    where: { partnerId: "10001" },
    data: { hasContract: false },
  });
  const batchId = await startChanging(world, ["ANNA10", "BEN10"], { kind: "rotate" });
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 1, failed: 1 });
  expect(await whyFailed(world, batchId)).toMatch(/no live contract.*Retire ANNA10, or offer/);
  expect(world.shop.codes.has("ANNA10")).toBe(true);
});

test("where the batch of new codes has stopped, the rotation ends with what to do, and goes on from there", async () => {
  const world = await worldWithCodes();
  const { ports, prisma, domain: shop } = world;
  const batchId = await startChanging(world, ["ANNA10"], { kind: "rotate" });
  await changeCodes(ports, { shop, batchId });
  const made = await prisma.code.findFirstOrThrow({ where: { shopifyState: "planned" } });
  await prisma.$executeRaw`DELETE FROM pgboss.job WHERE name = 'make-codes'`;
  const stopped = { state: "failed", problem: "Shopify refused it." };
  await prisma.batch.updateMany({ where: { id: made.batchId ?? "" }, data: stopped });
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 0, failed: 1 });
  expect(await whyFailed(world, batchId)).toMatch(
    /has stopped\. The old code stays\. Shopify refu/,
  );
  await resumeBatch(ports, { shop, batchId });
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 1 });
  expect([...world.shop.codes.keys()].sort()).toEqual(["BEN10", made.code].sort());
});

test("cancelled during the days of grace, the old code stays beside the new one", async () => {
  const world = await worldWithCodes();
  const batchId = await startChanging(world, ["ANNA10"], { kind: "rotate", graceDays: "14" });
  await world.drain(DAY_MS);
  await cancelBatch(world.ports, { shop: world.domain, batchId });
  await world.drain();
  expect(await standOf(world, batchId)).toMatchObject({ batch: "cancelled", dropped: 1 });
  expect(world.shop.codes.size).toBe(3);
  expect(await codeOf(world, "ANNA10")).toMatchObject({ shopifyState: "live" });
});

test("a new code that Shopify refuses leaves the old one as it is, with the reason", async () => {
  const world = await worldWithCodes();
  const batchId = await startChanging(world, ["ANNA10"], { kind: "rotate" });
  await changeCodes(world.ports, { shop: world.domain, batchId });
  await world.prisma.code.updateMany({
    where: { shopifyState: "planned" },
    data: { shopifyState: "failed", shopifyProblem: "Shopify refused the code: no." },
  });
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 0, failed: 1 });
  const [failed] = await world.ports.store.changes.listFailed(world.domain, batchId, {
    ...{ after: null, limit: 9 },
  });
  expect(failed?.problem).toMatch(/could not be made, and the old code stays\. Shopify refused/);
  expect(world.shop.codes.has("ANNA10")).toBe(true);
});

test("a new code that is another discount's in Shopify is drawn anew, without bothering anyone", async () => {
  const world = await worldWithCodes();
  const { prisma, domain: shop } = world;
  const batchId = await startChanging(world, ["ANNA10"], { kind: "rotate" });
  await changeCodes(world.ports, { shop, batchId });
  const { code: first } = await prisma.code.findFirstOrThrow({
    where: { shopifyState: "planned" },
  });
  makeInShopify(world, first, "Flash sale");
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 1 });
  const codes = await prisma.code.findMany({ where: { shopifyState: "live" } });
  const [anew] = codes.map(({ code }) => code).filter((code) => code !== "BEN10");
  expect(anew).toMatch(/^ANNA-[A-Z0-9]{6}$/);
  expect(anew).not.toBe(first);
  expect(await codeOf(world, anew ?? "")).toMatchObject({
    ...{ impactState: "registered", partner: { partnerId: "10001" } },
  });
});

test("the batch of new codes that is cancelled is not resumed with codes that take no old one's place", async () => {
  const world = await worldWithCodes();
  const { ports, prisma, domain: shop } = world;
  const batchId = await startChanging(world, ["ANNA10", "BEN10"], { kind: "rotate" });
  await changeCodes(ports, { shop, batchId });
  const made = await prisma.code.findFirstOrThrow({ where: { shopifyState: "planned" } });
  const asked = { shop, batchId: made.batchId ?? "" };
  await cancelBatch(ports, asked);
  await world.drain();
  expect(await readBatch(ports, asked)).toMatchObject({
    ...{ batch: { state: "cancelled" }, canResume: false, isRestKept: false },
  });
  expect([...world.shop.codes.keys()].sort()).toEqual(["ANNA10", "BEN10"]);
});

test("a code of a discount that has ended is not rotated, and says what to do", async () => {
  const world = await worldWithCodes();
  const endsAt = world.clock.now();
  await world.prisma.discount.updateMany({ data: { endsAt } });
  const batchId = await startChanging(world, ["ANNA10"], { kind: "rotate" });
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 0, failed: 1 });
  const [change] = await world.prisma.change.findMany({ where: { batchId } });
  expect(change?.problem).toMatch(/has ended.*Give it a later end first/);
});

test("a code of a discount that is gone from Shopify is not rotated, and says what to do", async () => {
  const world = await worldWithCodes();
  await world.prisma.discount.updateMany({ data: { deletedAt: world.clock.now() } });
  const { id } = await codeOf(world, "ANNA10");
  const asked = { shop: world.domain, kind: "rotate" as const, partnerId: null };
  const selection = { kind: "picked" as const, codeIds: [id] };
  expect(await previewChange(world.ports, { ...asked, selection })).toMatchObject({ changed: 0 });
  const batchId = await startChanging(world, ["ANNA10"], { kind: "rotate" });
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 0, failed: 1 });
  const [change] = await world.prisma.change.findMany({ where: { batchId } });
  expect(change?.problem).toMatch(/is gone from Shopify/);
});

test("a code of nobody's is not rotated, and says why", async () => {
  const world = await worldWithCodes();
  await world.prisma.assignment.deleteMany({ where: { code: { code: "ANNA10" } } });
  const batchId = await startChanging(world, ["ANNA10"], { kind: "rotate" });
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 0, failed: 1 });
});

test.each([1, 2, 4, 6, 8, 10, 12, 14, 18])(
  "killed at its call number %i, a rotation goes on: one successor each, and no old code left",
  async (nth) => {
    const world = await worldWithCodes();
    const batchId = await startChanging(world, ["ANNA10", "BEN10"], { kind: "rotate" });
    const doomed = killedAt(world, nth);
    const run = changeCodes(doomed.ports, { shop: world.domain, batchId });
    await Promise.race([run, doomed.killed]);
    world.clock.pass(3_600_000);
    await changeCodes(world.ports, { shop: world.domain, batchId });
    await world.drain();
    expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 2 });
    expect(world.shop.codes.size).toBe(2);
    expect(world.shop.codes.has("ANNA10") || world.shop.codes.has("BEN10")).toBe(false);
    expect(registeredIn(world).sort()).toEqual(["10001", "10002"]);
    expect(await world.prisma.code.count({ where: { shopifyState: "live" } })).toBe(2);
  },
);
