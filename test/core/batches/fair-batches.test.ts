import { expect, test } from "vitest";
import { makeCodes } from "#app/core/batches/make-codes.ts";
import { PLAIN_DETAILS } from "#app/core/codes/discount.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "#app/core/ids.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import type { JobPayloads } from "#app/core/ports/queue.ts";
import { limitPoints, pacedPorts } from "#test/core/given/paced-ports.ts";
import { addShop } from "#test/sandbox/shopify/create-state.ts";
import { createWorld, type World } from "#test/support/world.ts";

/** Points of all shops of this plan come back so slowly that one call waits for seconds. */
function throttle(plan: "advanced" | "standard", restoreRate: number): void {
  limitPoints(plan, { maximumAvailable: 20, restoreRate });
}

/** A batch of codes under a discount of its own, and its job. */
async function batchOf({ ports }: World, shop: ShopDomain, name: string, count: number) {
  const now = ports.clock.now();
  const terms = {
    ...PLAIN_DETAILS,
    ...{ title: name, value: { kind: "percentage" as const, basisPoints: 1_000 } },
    ...{ currency: "USD", startsAt: now, endsAt: null, usageLimit: null },
    ...{ oncePerCustomer: false, combines: true, minimumMinor: null },
  };
  const codes = Array.from({ length: count }, (_, nth) => ({
    ...{ code: `${name}-${nth}` as DiscountCode, partnerId: "10001" as PartnerId },
  }));
  const { batchId } = await ports.store.discounts.create(
    shop,
    { draftKey: name, terms, codes },
    now,
  );
  await ports.store.queue.send("make-codes", { shop, batchId });
  return batchId;
}

function shopOn({ shopifyState }: World, domain: string): ShopDomain {
  const theirs = { currency: "USD", ianaTimezone: "Europe/Berlin", products: [] };
  return addShop(shopifyState, { domain, name: domain, plan: "advanced", ...theirs })
    .domain as ShopDomain;
}

/** The one place there is goes to whichever job is due first, until that is so; gives whose it was. */
async function runInTurn(
  { prisma, boss, clock }: World,
  ports: Ports,
  isEnough: () => Promise<boolean>,
): Promise<string[]> {
  const turns: string[] = [];
  while (!(await isEnough())) {
    const [job] = await prisma.$queryRaw<
      { id: string; data: JobPayloads["make-codes"]; due: Date; isLater: boolean }[]
    >`SELECT id, data, start_after AS due, start_after <> created_on AS "isLater" FROM pgboss.job
      WHERE name = 'make-codes' ORDER BY start_after <> created_on, start_after, created_on LIMIT 1`;
    if (!job) throw new Error("no batch goes on");
    if (job.isLater) clock.passTo(job.due);
    await makeCodes(ports, job.data);
    turns.push(job.data.batchId);
    await boss.deleteJob("make-codes", job.id);
  }
  return turns;
}

async function liveOf({ ports }: World, shop: ShopDomain, batchId: string): Promise<number> {
  return (await ports.store.batches.countCodes(shop, batchId)).live;
}

test("two shops whose points hardly come back make a third one wait for no more than a turn of each", async () => {
  const world = await createWorld();
  throttle("advanced", 1);
  const slow = ["one", "two"].map((name) => shopOn(world, `${name}.myshopify.com`));
  for (const shop of slow) await batchOf(world, shop, "SLOW", 5_000);
  const batchId = await batchOf(world, world.domain, "QUICK", 2_000);
  const ports = pacedPorts(world);
  const start = world.clock.now().getTime();
  await runInTurn(world, ports, async () => {
    const batch = await ports.store.batches.find(world.domain, batchId);
    return batch?.state === "done";
  });
  expect(await liveOf(world, world.domain, batchId)).toBe(2_000);
  const seconds = (world.clock.now().getTime() - start) / 1_000;
  expect(seconds).toBeLessThan(40);
  expect(world.shopify.calls.filter(({ shop }) => slow.includes(shop as ShopDomain))).not.toEqual(
    [],
  );
});

test("two batches of one shop take turns, and neither is done before the other has begun", async () => {
  const world = await createWorld();
  throttle("standard", 2);
  const { domain: shop } = world;
  const one = await batchOf(world, shop, "ONE", 3_000);
  const other = await batchOf(world, shop, "OTHER", 3_000);
  const turns = await runInTurn(world, pacedPorts(world), async () =>
    [await liveOf(world, shop, one), await liveOf(world, shop, other)].includes(3_000),
  );
  const inARow = turns.filter((batch, nth) => batch === turns[nth - 1] && batch === turns[nth - 2]);
  expect(inARow).toEqual([]);
  for (const batch of [one, other]) {
    expect(turns.filter((turn) => turn === batch).length).toBeGreaterThan(2);
  }
});
