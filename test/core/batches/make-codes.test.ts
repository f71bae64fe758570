import { expect, test } from "vitest";
import { makeCodes } from "#app/core/batches/make-codes.ts";
import { retryDiscount } from "#app/core/codes/retry-discount.ts";
import { PLAIN_DETAILS } from "#app/core/codes/discount.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import { killedAt } from "#test/core/given/killed-at.ts";
import { hangUpAtCall } from "#test/core/given/hang-up-at-call.ts";
import { addInShopify, discountWith } from "#test/core/given/drift.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { codeOf } from "#test/core/given/world-with-codes.ts";
import { createWorld, type World } from "#test/support/world.ts";

const ANNA = "10001" as PartnerId;

/** A discount whose codes nobody has made yet. */
async function planCodes({ ports, domain }: World, codes: string[]): Promise<string> {
  const now = ports.clock.now();
  const terms = {
    ...PLAIN_DETAILS,
    title: "Creators",
    value: { kind: "percentage" as const, basisPoints: 1_000 },
    currency: "USD",
    startsAt: now,
    endsAt: null,
    usageLimit: null,
    oncePerCustomer: false,
    combines: true,
    minimumMinor: null,
  };
  const newCodes = codes.map((code) => ({ code: code as DiscountCode, partnerId: ANNA }));
  const draft = { draftKey: codes.join(), terms, codes: newCodes };
  return (await ports.store.discounts.create(domain, draft, now)).batchId;
}

/** Another batch of the same discount, which Shopify hasn't yet. */
async function planMore({ ports, domain }: World, batchId: string, codes: string[]) {
  const now = ports.clock.now();
  const { batches } = ports.store;
  const discountId = (await batches.find(domain, batchId))?.discountId ?? "";
  const draft = { draftKey: codes.join(), discountId, plan: null, codes: codes.length };
  const { batchId: id } = await batches.create(domain, draft, now);
  const parts = codes.map((code) => [{ code: code as DiscountCode, partnerId: ANNA }]);
  await batches.addParts(domain, { id, discountId }, { from: 0, codes: parts }, now);
  return id;
}

/** Shopify makes the discount, and the worker dies before it hears of it. */
async function dieMaking({ ports, domain }: World, batchId: string): Promise<void> {
  const { createDiscount } = ports.shopify;
  const made = new Promise<void>((resolve) => {
    const dying: typeof createDiscount = async (...draft) => {
      await createDiscount(...draft);
      resolve();
      return new Promise(() => undefined);
    };
    const shopify = { ...ports.shopify, createDiscount: dying };
    void makeCodes({ ...ports, shopify }, { shop: domain, batchId });
  });
  await made;
}

const MOST_RUNS = 30;

/** Runs the batch as its jobs would, an hour apart, until it has ended; gives the number of runs. */
async function runToEnd({ ports, domain, clock }: World, batchId: string): Promise<number> {
  for (let runs = 1; runs <= MOST_RUNS; runs += 1) {
    await makeCodes(ports, { shop: domain, batchId });
    const batch = await ports.store.batches.find(domain, batchId);
    if (batch?.state !== "running") return runs;
    clock.pass(3_600_000);
  }
  throw new Error("The batch never ends.");
}

async function statesOf({ ports, prisma, domain }: World, batchId: string) {
  const batch = await ports.store.batches.find(domain, batchId);
  const codes = await prisma.code.findMany({ where: { discountId: batch?.discountId ?? "" } });
  const count = (state: string) => codes.filter((code) => code.shopifyState === state).length;
  return {
    batch: batch?.state,
    live: count("live"),
    planned: count("planned"),
    failed: count("failed"),
  };
}

/** How many codes are queued for impact.com. */
async function registerJobs({ boss }: World): Promise<number> {
  const jobs = await boss.fetch<{ codeIds: string[] }>("register-codes", { batchSize: 2_000 });
  return new Set(jobs.flatMap(({ data }) => data.codeIds)).size;
}

const FOUR = ["TEA1", "TEA2", "TEA3", "TEA4"];

test("600 codes are made under one discount, 250 at a time, and each is queued for impact.com", async () => {
  const world = await createWorld();
  const codes = Array.from({ length: 600 }, (_, i) => `TEA-${i}`);
  const batchId = await planCodes(world, codes);
  await runToEnd(world, batchId);

  expect(await statesOf(world, batchId)).toEqual({
    batch: "done",
    live: 600,
    planned: 0,
    failed: 0,
  });
  expect(world.shop.discounts.size).toBe(1);
  expect(new Set(world.shop.codes.keys())).toEqual(new Set(codes));
  const added = world.shopify.calls
    .filter(({ operationName }) => operationName === "AddCodes")
    .map(({ variables }) => (variables as { codes: unknown[] }).codes.length)
    .sort((one, other) => other - one);
  expect(added).toEqual([250, 250, 99]);
  expect(await registerJobs(world)).toBe(600);
});

test("a run of a batch that is done asks Shopify nothing", async () => {
  const world = await createWorld();
  const batchId = await planCodes(world, FOUR);
  await runToEnd(world, batchId);
  const calls = world.shopify.calls.length;
  await makeCodes(world.ports, { shop: world.domain, batchId });
  expect(world.shopify.calls).toHaveLength(calls);
});

test("while Shopify still works on a batch, the run waits instead of adding again", async () => {
  const world = await createWorld();
  world.shopify.settings.jobs.durationMs = 90_000_000;
  const batchId = await planCodes(world, FOUR);
  expect(await runToEnd(world, batchId)).toBeGreaterThan(20);
  expect(await statesOf(world, batchId)).toMatchObject({ batch: "done", live: 4 });
  const adds = world.shopify.calls.filter(({ operationName }) => operationName === "AddCodes");
  expect(adds).toHaveLength(1);
});

test.each([
  ["the first", "TEA1"],
  ["a later", "TEA3"],
])(
  "when %s code is taken meanwhile, it fails with a sentence and the others live",
  async (_which, taken) => {
    const world = await createWorld();
    makeInShopify(world, taken.toLowerCase(), "Flash sale");
    const batchId = await planCodes(world, FOUR);
    await runToEnd(world, batchId);
    expect(await statesOf(world, batchId)).toEqual({
      batch: "done",
      live: 3,
      planned: 0,
      failed: 1,
    });
    expect((await codeOf(world, taken)).shopifyProblem).toBe(
      `${taken} was taken in Shopify meanwhile by the discount “Flash sale”. Choose another code for this partner.`,
    );
    expect(await registerJobs(world)).toBe(3);
  },
);

test("when every code is taken, none is made and the run ends", async () => {
  const world = await createWorld();
  for (const code of FOUR) makeInShopify(world, code, "Flash sale");
  const batchId = await planCodes(world, FOUR);
  await runToEnd(world, batchId);
  expect(await statesOf(world, batchId)).toEqual({ batch: "done", live: 0, planned: 0, failed: 4 });
  expect(world.shop.discounts.size).toBe(4);
});

// GraphQL calls in order: DiscountByCode, CreateDiscount, AddCodes, ReadCreation.
const LOST = [
  ["creating the discount", 2],
  ["adding codes", 3],
  ["reading what became of them", 4],
] as const;

test.each(LOST)(
  "Shopify hangs up after %s: nothing is doubled and all codes live",
  async (_call, nth) => {
    const world = await createWorld();
    const batchId = await planCodes(world, FOUR);
    hangUpAtCall(world, nth);
    // Undisturbed it takes two: one adds, one reads.
    expect(await runToEnd(world, batchId)).toBe(3);
    expect(await statesOf(world, batchId)).toEqual({
      batch: "done",
      live: 4,
      planned: 0,
      failed: 0,
    });
    expect(world.shop.discounts.size).toBe(1);
    expect(world.shop.codes.size).toBe(4);
    expect(await registerJobs(world)).toBe(4);
  },
);

test("a lost answer is understood even where Shopify's per-code errors carry no code", async () => {
  const world = await createWorld();
  world.shopify.settings.redeemCodeErrorsCarryCode = false;
  makeInShopify(world, "TEA4", "Flash sale");
  const batchId = await planCodes(world, FOUR);
  hangUpAtCall(world, 3);
  await runToEnd(world, batchId);
  expect(await statesOf(world, batchId)).toEqual({ batch: "done", live: 3, planned: 0, failed: 1 });
});

test.each([200, 429] as const)(
  "throttled with %i, the run waits and loses nothing",
  async (status) => {
    const world = await createWorld();
    world.shopify.settings.throttleStatus = status;
    const batchId = await planCodes(world, FOUR);
    world.shopify.faults.throttleNext(13);
    expect(await runToEnd(world, batchId)).toBeGreaterThan(1);
    expect(await statesOf(world, batchId)).toMatchObject({ batch: "done", live: 4 });
  },
);

test("while Shopify is down the batch says why, and goes on by itself", async () => {
  const world = await createWorld();
  const batchId = await planCodes(world, FOUR);
  world.shopify.faults.failNext(1, 503);
  await makeCodes(world.ports, { shop: world.domain, batchId });
  expect(await world.ports.store.batches.find(world.domain, batchId)).toMatchObject({
    state: "running",
    attempts: 1,
    problem: expect.stringMatching(/tried again by itself/) as string,
  });
  await world.drain(3_600_000);
  expect(await world.ports.store.batches.find(world.domain, batchId)).toMatchObject({
    state: "done",
    problem: null,
  });
});

test("what Shopify refuses for good ends the batch with Shopify's reason", async () => {
  const world = await createWorld();
  const batchId = await planCodes(world, FOUR);
  await world.prisma.discount.updateMany({ data: { title: "" } });
  await runToEnd(world, batchId);
  expect(await world.ports.store.batches.find(world.domain, batchId)).toMatchObject({
    state: "failed",
    problem: expect.stringMatching(/^Shopify refused it: .*Title/) as string,
  });
});

test("what Shopify was asked for is read to its end before a batch is given up", async () => {
  const world = await createWorld();
  const { ports, domain: shop, shopify, clock, prisma } = world;
  shopify.settings.jobs.durationMs = 90_000;
  const batchId = await planCodes(
    world,
    Array.from({ length: 600 }, (_, i) => `TEA-${i}`),
  );
  await makeCodes(ports, { shop, batchId });
  await prisma.$executeRaw`UPDATE "BatchPart" SET "state" = 'planned', "askedAt" = NULL WHERE "number" = 2`;
  const addCodes: typeof ports.shopify.addCodes = async () => ({
    ok: false,
    problem: { kind: "refused", retry: "never", message: "No more codes." },
  });
  const refusing = { ...ports, shopify: { ...ports.shopify, addCodes } };
  let runs = 0;
  for (; runs < 30; runs += 1) {
    await makeCodes(refusing, { shop, batchId });
    if ((await ports.store.batches.find(shop, batchId))?.state === "failed") break;
    clock.pass(20_000);
  }
  expect(await ports.store.batches.find(shop, batchId)).toMatchObject({
    ...{ state: "failed", problem: "No more codes." },
  });
  expect(runs).toBeGreaterThan(1);
  const parts = await prisma.batchPart.findMany({ where: { batchId }, orderBy: { number: "asc" } });
  expect(parts.map(({ state }) => state)).toEqual(["done", "done", "planned", "done"]);
  expect(parts[1]?.live).toBe(250);
});

test("a creation that Shopify has forgotten is let go, and the codes are added again", async () => {
  const world = await createWorld();
  world.shopify.settings.jobs.durationMs = 90_000_000;
  const batchId = await planCodes(world, FOUR);
  await makeCodes(world.ports, { shop: world.domain, batchId });
  world.shopify.settings.jobs.durationMs = 0;
  world.shop.bulkCreations.clear();
  await runToEnd(world, batchId);
  expect(await statesOf(world, batchId)).toEqual({ batch: "done", live: 4, planned: 0, failed: 0 });
});

// Two hundred tries take a while even on a test's clock.
test("a creation that ends without a word of any code is tried again for days, and then given up", async () => {
  const world = await createWorld();
  const { ports, domain, clock, shop } = world;
  const batchId = await planCodes(world, FOUR);
  // Shopify loses every creation it is given.
  const forgetful = {
    ...ports.shopify,
    addCodes: async (...asked: Parameters<typeof ports.shopify.addCodes>) => {
      const added = await ports.shopify.addCodes(...asked);
      shop.bulkCreations.clear();
      for (const code of FOUR.slice(1)) shop.codes.delete(code);
      return added;
    },
  };
  const store = { ...ports, shopify: forgetful };
  const startedAt = clock.now();
  for (let runs = 0; runs < 500; runs += 1) {
    await makeCodes(store, { shop: domain, batchId });
    if ((await ports.store.batches.find(domain, batchId))?.state !== "running") break;
    clock.pass(3_600_000);
  }
  const batch = await ports.store.batches.find(domain, batchId);
  expect(batch).toMatchObject({
    state: "failed",
    problem: expect.stringMatching(/has not said what became of the codes/) as string,
  });
  expect(clock.now().getTime() - startedAt.getTime()).toBeGreaterThan(3 * 86_400_000);

  const { problems } = ports.store;
  expect(await problems.listFailedBatches(domain)).toMatchObject([
    { discount: { title: "Creators" }, codes: 3 },
  ]);
  await retryDiscount(ports, { shop: domain, discountId: batch?.discountId ?? "" });
  await world.drain();
  expect(await statesOf(world, batchId)).toMatchObject({ batch: "done", live: 4 });
}, 240_000);

test.each([1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 20, 24])(
  "killed at its call number %i, a batch of 700 goes on to make each code once",
  async (nth) => {
    const world = await createWorld();
    const codes = Array.from({ length: 700 }, (_, i) => `TEA-${i}`);
    const batchId = await planCodes(world, codes);
    const doomed = killedAt(world, nth);
    const run = makeCodes(doomed.ports, { shop: world.domain, batchId });
    await Promise.race([run, doomed.killed]);
    world.clock.pass(3_600_000);
    await runToEnd(world, batchId);
    expect(await statesOf(world, batchId)).toEqual({
      batch: "done",
      live: 700,
      planned: 0,
      failed: 0,
    });
    expect(world.shop.discounts.size).toBe(1);
    expect(world.shop.codes.size).toBe(700);
    expect(await registerJobs(world)).toBe(700);
  },
);

test("a batch that somebody is at work on is left to them, and looked at again when their lease ends", async () => {
  const world = await createWorld();
  const { ports, domain, clock } = world;
  const batchId = await planCodes(world, FOUR);
  const until = new Date(clock.now().getTime() + 120_000);
  await ports.store.batches.claim(domain, batchId, { now: clock.now(), until });
  await makeCodes(ports, { shop: domain, batchId });
  expect(world.shopify.calls).toEqual([]);
  await world.drain(119_000);
  expect(world.shopify.calls).toEqual([]);
  await world.drain(3_600_000);
  expect(await statesOf(world, batchId)).toMatchObject({ batch: "done", live: 4 });
});

test("codes whose answer was lost are found on a page of the discount's newest codes, not one by one", async () => {
  const world = await createWorld();
  const codes = Array.from({ length: 251 }, (_, i) => `TEA-${i}`);
  const batchId = await planCodes(world, codes);
  hangUpAtCall(world, 3);
  await runToEnd(world, batchId);
  expect(await statesOf(world, batchId)).toMatchObject({ batch: "done", live: 251 });
  const names = world.shopify.calls.map(({ operationName }) => operationName);
  expect(names.filter((name) => name === "NewestCodes").length).toBeLessThanOrEqual(2);
  expect(names.filter((name) => name === "DiscountByCode")).toHaveLength(1);
});

test("a part full of codes that another discount has costs a few calls, however many ours has", async () => {
  const world = await createWorld();
  const codes = Array.from({ length: 251 }, (_, i) => `TEA-${i}`);
  const batchId = await planCodes(world, codes);
  makeInShopify(world, "TEA-1", "Flash sale");
  const theirs = discountWith(world, "TEA-1");
  for (const code of codes.slice(2)) addInShopify(world, theirs, code);
  await runToEnd(world, batchId);
  expect(await statesOf(world, batchId)).toMatchObject({ batch: "done", live: 1, failed: 250 });
  const names = world.shopify.calls.map(({ operationName }) => operationName);
  const asking = /^(NewestCodes|LocateCodes|DiscountByCode)$/;
  // One question before the discount is made; two pages, and seven calls for 250 codes.
  expect(names.filter((name) => asking.test(name ?? "")).length).toBeLessThanOrEqual(10);
});

test("what became of codes that were all made is read without a page of codes", async () => {
  const world = await createWorld();
  const batchId = await planCodes(world, FOUR);
  await runToEnd(world, batchId);
  const names = world.shopify.calls.map(({ operationName }) => operationName);
  expect(names).toContain("ReadCreation");
  expect(names).not.toContain("ReadCreationCodes");
});

test("two batches whose workers begin at once make one discount", async () => {
  const world = await createWorld();
  const { ports, domain: shop } = world;
  const first = await planCodes(world, ["TEA1", "TEA2"]);
  const second = await planMore(world, first, ["TEA3", "TEA4"]);
  await Promise.all([first, second].map((batchId) => makeCodes(ports, { shop, batchId })));
  world.clock.pass(3_600_000);
  await runToEnd(world, first);
  await runToEnd(world, second);
  expect(world.shop.discounts.size).toBe(1);
  expect(await statesOf(world, second)).toEqual({ batch: "done", live: 4, planned: 0, failed: 0 });
});

test("while one batch's worker has died making the discount, another waits for what became of it", async () => {
  const world = await createWorld();
  const { ports, domain: shop } = world;
  const first = await planCodes(world, ["TEA1", "TEA2"]);
  const second = await planMore(world, first, ["TEA3", "TEA4"]);
  await dieMaking(world, first);
  await makeCodes(ports, { shop, batchId: second });
  expect(world.shop.discounts.size).toBe(1);
  expect(await ports.store.batches.find(shop, second)).toMatchObject({
    ...{ state: "running", problem: expect.stringMatching(/^Another batch is making/) as string },
  });
  world.clock.pass(3_600_000);
  await runToEnd(world, first);
  await runToEnd(world, second);
  expect(world.shop.discounts.size).toBe(1);
  expect(await statesOf(world, second)).toEqual({ batch: "done", live: 4, planned: 0, failed: 0 });
});

test.each(["failed", "cancelled"])(
  "a batch that takes over from one that has %s asks for the discount that one may have made",
  async (state) => {
    const world = await createWorld();
    const { ports, domain: shop } = world;
    const first = await planCodes(world, ["TEA1", "TEA2"]);
    const second = await planMore(world, first, ["TEA3", "TEA4"]);
    await dieMaking(world, first);
    await world.prisma.batch.update({ where: { id: first }, data: { state } });
    await runToEnd(world, second);
    expect(world.shop.discounts.size).toBe(1);
    expect([...world.shop.codes.keys()].toSorted()).toEqual(["TEA1", "TEA3", "TEA4"]);
    await ports.store.batches.reopen(shop, first, "running");
    world.clock.pass(3_600_000);
    await runToEnd(world, first);
    expect(world.shop.discounts.size).toBe(1);
    expect(await statesOf(world, first)).toEqual({ batch: "done", live: 4, planned: 0, failed: 0 });
  },
);

test("a batch that is cancelled before the discount is made leaves it to the next one", async () => {
  const world = await createWorld();
  const { ports, domain: shop } = world;
  const first = await planCodes(world, ["TEA1", "TEA2"]);
  const second = await planMore(world, first, ["TEA3", "TEA4"]);
  world.shopify.faults.failNext(1, 503);
  await makeCodes(ports, { shop, batchId: first });
  await makeCodes(ports, { shop, batchId: second });
  expect(world.shop.discounts.size).toBe(0);
  await ports.store.batches.cancel(shop, first);
  await makeCodes(ports, { shop, batchId: first });
  expect(await ports.store.batches.find(shop, first)).toMatchObject({ state: "cancelled" });
  world.clock.pass(3_600_000);
  await runToEnd(world, second);
  expect([...world.shop.codes.keys()].toSorted()).toEqual(["TEA3", "TEA4"]);
  expect(world.shop.discounts.size).toBe(1);
});
