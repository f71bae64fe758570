import { expect, test } from "vitest";
import { cancelBatch } from "#app/core/batches/cancel-batch.ts";
import { changeCodes } from "#app/core/changes/change-codes.ts";
import { countProblems, listProblems } from "#app/core/orders/list-problems.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import { ANNA, BEN, standOf, startChanging } from "#test/core/given/change-batch.ts";
import { codeOf, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const HOUR_MS = 3_600_000;
const LACKING = { kind: "missing-scope", retry: "later", message: "The token lacks it." } as const;
const REFUSED = { kind: "access-denied", retry: "later", message: "Shopify denies it." } as const;

/** impact.com lets nobody end a registration, and Shopify lets nobody remove a code. */
function barred({ ports }: World): Ports {
  const impact = { ...ports.impact, endPromoCode: refuse(LACKING) };
  return { ...ports, impact, shopify: { ...ports.shopify, removeCodes: refuse(REFUSED) } };
}

function refuse<P>(problem: P) {
  return () => Promise.resolve({ ok: false as const, problem });
}

/** So many tries of a batch, an hour apart, by this test alone. */
async function tryTimes(world: World, batchId: string, times: number): Promise<void> {
  for (let tries = 0; tries < times; tries += 1) {
    await changeCodes(barred(world), { shop: world.domain, batchId });
    world.clock.pass(HOUR_MS);
  }
  await world.prisma.$executeRaw`DELETE FROM pgboss.job WHERE name = 'change-codes'`;
}

async function beginReassigning(world: World): Promise<string> {
  const batchId = await startChanging(world, ["ANNA10"], { kind: "reassign", partnerId: BEN });
  await tryTimes(world, batchId, 3);
  expect((await codeOf(world, "ANNA10")).impactState).toBe("planned");
  return batchId;
}

async function expectAnnasAgain(world: World): Promise<void> {
  const order = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await world.drain();
  const partner = { partnerId: ANNA };
  expect(await codeOf(world, "ANNA10")).toMatchObject({ impactState: "registered", partner });
  expect((await standingOf(world, order))?.state).toBe("reported");
}

test("a reassignment that impact.com lets nobody finish can be cancelled, and the code stays its partner's", async () => {
  const world = await worldWithCodes();
  const batchId = await beginReassigning(world);
  await cancelBatch(world.ports, { shop: world.domain, batchId });
  await tryTimes(world, batchId, 8);
  expect(await standOf(world, batchId)).toMatchObject({ batch: "cancelled", open: 0, failed: 1 });
  await expectAnnasAgain(world);
});

test("a reassignment that has given up lets go of its codes, and is a problem", async () => {
  const world = await worldWithCodes();
  const batchId = await beginReassigning(world);
  await world.prisma.batch.updateMany({ where: { id: batchId }, data: { attempts: 200 } });
  await tryTimes(world, batchId, 1);
  expect(await standOf(world, batchId)).toMatchObject({ batch: "failed", open: 0, failed: 1 });
  await expectAnnasAgain(world);
  const { failedBatches } = await listProblems(world.ports, world.domain);
  expect(failedBatches).toEqual([
    { batchId, kind: "reassign", discount: null, problem: LACKING.message, codes: 1 },
  ]);
  expect(await countProblems(world.ports, world.domain)).toBe(1);
});

test("a retirement that Shopify lets nobody finish can be cancelled, and the code is held no more", async () => {
  const world = await worldWithCodes();
  const batchId = await startChanging(world, ["ANNA10"], { kind: "retire" });
  await tryTimes(world, batchId, 3);
  await cancelBatch(world.ports, { shop: world.domain, batchId });
  await tryTimes(world, batchId, 8);
  expect(await standOf(world, batchId)).toMatchObject({ batch: "cancelled", open: 0 });
  expect(await world.prisma.code.count({ where: { isHeld: true } })).toBe(0);
});
