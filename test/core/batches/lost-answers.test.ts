import { expect, test } from "vitest";
import { makeCodes } from "#app/core/batches/make-codes.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import { limitPoints, pacedPorts } from "#test/core/given/paced-ports.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { createWorld, type World } from "#test/support/world.ts";

const ANNA = "10001" as PartnerId;
const PARTS = 24;
const CODES = 250;

/** A batch of 24 parts that Shopify has made all of, which is more than the app ever heard. */
async function batchMadeUnheard(): Promise<{ world: World; batchId: string }> {
  const world = await createWorld();
  const { ports, domain: shop } = world;
  await setUpProgram(world);
  const discountId = await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  await world.drain();
  const now = ports.clock.now();
  const draft = { draftKey: "many", discountId, plan: null, codes: PARTS * CODES };
  const { batchId } = await ports.store.batches.create(shop, draft, now);
  const parts = Array.from({ length: PARTS }, (_, part) =>
    Array.from({ length: CODES }, (_, nth) => `TEA-${part}-${nth}` as DiscountCode),
  );
  const codes = parts.map((some) => some.map((code) => ({ code, partnerId: ANNA })));
  await ports.store.batches.addParts(shop, { id: batchId, discountId }, { from: 0, codes }, now);
  const shopifyId = (await ports.store.discounts.find(shop, discountId))?.shopifyId ?? "";
  for (const some of parts) {
    await ports.shopify.addCodes(shop, shopifyId, some);
    world.clock.pass(60_000);
  }
  return { world, batchId };
}

/** When the next job of this batch is due; null where there is none. */
async function nextRun({ prisma }: World): Promise<Date | null> {
  const [job] = await prisma.$queryRaw<{ due: Date | null }[]>`
    SELECT max(start_after) AS due FROM pgboss.job WHERE name = 'make-codes'`;
  return job?.due ?? null;
}

test("answers lost for thousands of codes are made good as fast as points come back", async () => {
  const { world, batchId } = await batchMadeUnheard();
  const { clock, domain: shop } = world;
  limitPoints("standard", { maximumAvailable: 400, restoreRate: 25 });
  const ports = pacedPorts(world);
  const start = clock.now().getTime();
  const waits: number[] = [];
  for (;;) {
    await makeCodes(ports, { shop, batchId });
    const batch = await ports.store.batches.find(shop, batchId);
    if (batch?.state !== "running") break;
    const due = await nextRun(world);
    waits.push((due?.getTime() ?? Infinity) - clock.now().getTime());
    clock.passTo(due ?? clock.now());
  }
  expect(await ports.store.batches.countCodes(shop, batchId)).toMatchObject({
    live: PARTS * CODES,
    failed: 0,
  });
  // Some 60 points for each part; its codes asked for one by one would be 800.
  const seconds = (clock.now().getTime() - start) / 1_000;
  expect(seconds).toBeLessThan(120);
  expect(Math.max(...waits)).toBeLessThan(30_000);
});
