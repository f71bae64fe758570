import { expect, test } from "vitest";
import { changeCodes } from "#app/core/changes/change-codes.ts";
import { ANNA, BEN, runChanges, standOf, startChanging } from "#test/core/given/change-batch.ts";
import { codeOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { draftFor, makeDiscount } from "#test/support/merchant.ts";
import type { World } from "#test/support/world.ts";

const CALL_MS = 30_000;
/** Then the queue takes a job for lost (queue.ts). */
const JOB_EXPIRES_MS = 300_000;

const TEXTS = Array.from({ length: 12 }, (_, index) => `SLOW${index + 10}`);

async function worldWithMany(): Promise<World> {
  const world = await worldWithCodes();
  await makeDiscount(world, draftFor(TEXTS.map((text) => [ANNA, text])));
  await world.drain();
  await world.prisma.$executeRaw`DELETE FROM pgboss.job`;
  return world;
}

/** The same world, in which each call that changes a registration is preceded by this. */
function before(world: World, first: () => Promise<void>): World {
  const { endPromoCode, readPromoCode } = world.ports.impact;
  const impact: typeof world.ports.impact = {
    ...world.ports.impact,
    endPromoCode: async (...given) => {
      await first();
      return endPromoCode(...given);
    },
    readPromoCode: async (...given) => {
      await first();
      return readPromoCode(...given);
    },
  };
  return { ...world, ports: { ...world.ports, impact } };
}

test.each(["retire", "reassign"] as const)(
  "with impact.com at its slowest nobody can take over a batch to %s codes, and no job outlasts the queue",
  async (kind) => {
    const world = await worldWithMany();
    const { ports, domain: shop, clock } = world;
    const batchId = await startChanging(world, TEXTS, { kind, partnerId: BEN });
    let lapses = 0;
    const slow = before(world, async () => {
      clock.pass(CALL_MS);
      const lease = await ports.store.batches.findLease(shop, batchId);
      if (lease === null || lease <= clock.now()) lapses += 1;
    });
    const began = clock.now().getTime();
    await changeCodes(slow.ports, { shop, batchId });
    const firstStep = clock.now().getTime();
    await changeCodes(slow.ports, { shop, batchId });
    expect(clock.now().getTime() - firstStep).toBeLessThan(JOB_EXPIRES_MS);
    expect(firstStep - began).toBeLessThan(JOB_EXPIRES_MS);
    await runChanges(slow, batchId).catch(() => undefined);
    expect(lapses).toBe(0);
    await world.drain();
    expect(await standOf(world, batchId)).toMatchObject({ open: 0, done: 12, failed: 0 });
  },
);

test("who comes back to a batch that is another's by now leaves it the other's", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop, clock } = world;
  const batchId = await startChanging(world, ["ANNA10"], { kind: "reassign", partnerId: BEN });
  const until = new Date(clock.now().getTime() + 10 * 60_000);
  let isTaken = false;
  const late = before(world, async () => {
    if (isTaken) return;
    clock.pass(4 * 60_000);
    isTaken =
      (await ports.store.batches.claim(shop, batchId, { now: clock.now(), until })) !== null;
  });
  await changeCodes(late.ports, { shop, batchId });
  expect(isTaken).toBe(true);
  expect(await ports.store.batches.findLease(shop, batchId)).toEqual(until);
});

test("a code is handed over once, however often that is written down", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop, clock } = world;
  const { id: codeId } = await codeOf(world, "ANNA10");
  const batchId = await startChanging(world, ["ANNA10"], { kind: "reassign", partnerId: BEN });
  await ports.store.changes.add(shop, batchId, [codeId], "planned");
  const to = { stage: "handing-over", unregisters: true } as const;
  await ports.store.changes.begin(shop, batchId, [codeId], to, clock.now());
  clock.pass(60_000);
  const given = { partnerId: BEN, at: clock.now(), wasRegistered: true };
  await ports.store.changes.handOver(shop, batchId, codeId, given);
  await world.prisma.code.update({
    where: { id: codeId },
    data: { impactState: "registered", impactPromoCodeId: "bens" },
  });
  clock.pass(60_000);
  await ports.store.changes.handOver(shop, batchId, codeId, { ...given, at: clock.now() });
  expect(await codeOf(world, "ANNA10")).toMatchObject({
    ...{ impactState: "registered", impactPromoCodeId: "bens", assignedSince: given.at },
  });
  expect(await world.prisma.assignment.count({ where: { codeId } })).toBe(2);
});
