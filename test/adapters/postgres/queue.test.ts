import { randomInt, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { OrderId, ShopDomain } from "#app/core/ids.ts";
import { jobs } from "#app/jobs/jobs.ts";
import { workOptions } from "#app/jobs/work-options.ts";
import { createWorld, type World } from "#test/support/world.ts";

const payloads = {
  "process-delivery": (shop: ShopDomain) => ({ shop, deliveryIds: [randomUUID()] }),
  "look-up-click": (shop: ShopDomain) => ({ shop, orderId: randomOrder() }),
  "make-codes": (shop: ShopDomain) => ({ shop, batchId: randomUUID() }),
};
type Name = keyof typeof payloads;

function randomOrder(): OrderId {
  return String(randomInt(1_000_000_000)) as OrderId;
}

async function queueJobs({ ports }: World, name: Name, shop: string, count: number): Promise<void> {
  const payload = () => payloads[name](shop as ShopDomain);
  await ports.store.queue.sendAll<Name>(
    name,
    Array.from({ length: count }, () => ({ payload: payload() })),
  );
}

/** Fetches as one of the worker's places does; the shops whose jobs it got. */
async function fetchShops({ boss }: World, name: Name): Promise<string[]> {
  const { batchSize, groupConcurrency } = workOptions(jobs[name]);
  const fetched = await boss.fetch<{ shop: string }>(name, {
    batchSize,
    ...(groupConcurrency !== undefined && { groupConcurrency }),
  });
  return [...new Set(fetched.map(({ data }) => data.shop))];
}

test.each([
  ["process-delivery", 5_000],
  ["look-up-click", 50],
  ["make-codes", 5],
] as const)(
  "a shop's job (%s) is taken up at once, however many of another shop's wait before it",
  async (name, backlog) => {
    const world = await createWorld();
    await queueJobs(world, name, "busy.myshopify.com", backlog);
    const { concurrency, ofOneShop } = jobs[name];
    expect(ofOneShop).toBeLessThan(concurrency);
    for (let place = 0; place < ofOneShop; place += 1) {
      expect(await fetchShops(world, name)).toEqual(["busy.myshopify.com"]);
    }
    // The busy shop's places are taken; what is left is for whoever else comes.
    expect(await fetchShops(world, name)).toEqual([]);
    await queueJobs(world, name, "quiet.myshopify.com", 1);
    expect(await fetchShops(world, name)).toEqual(["quiet.myshopify.com"]);
  },
);

test("a job waits from when it is due until somebody takes it up", async () => {
  const world = await createWorld();
  const { queue } = world.ports.store;
  const payload = payloads["make-codes"]("busy.myshopify.com" as ShopDomain);
  await queue.send("make-codes", payload, { startAfter: new Date(Date.now() + 3_600_000) });
  expect(await queue.isWaiting("make-codes")).toBe(false);
  await queue.send("make-codes", payload);
  expect(await queue.isWaiting("make-codes")).toBe(true);
  expect(await queue.isWaiting("change-codes")).toBe(false);
  await fetchShops(world, "make-codes");
  expect(await queue.isWaiting("make-codes")).toBe(false);
});

test("of jobs that are due the one with the nearest deadline goes first", async () => {
  const { ports, domain: shop, boss } = await createWorld();
  const deadlines = ["2027-02-03", "2027-01-01", "2027-02-01"].map((day) => new Date(day));
  const ids: string[] = [];
  for (const deadline of deadlines) {
    const conversionId = randomUUID();
    ids.push(conversionId);
    await ports.store.queue.send(
      "send-conversion",
      { shop, conversionIds: [conversionId] },
      { deadline },
    );
  }
  const order: number[] = [];
  // One by one: within a batch pg-boss keeps no order.
  while (order.length < deadlines.length) {
    const [fetched] = await boss.fetch<{ conversionIds: string[] }>("send-conversion");
    order.push(ids.indexOf(fetched?.data.conversionIds[0] ?? ""));
  }
  expect(order).toEqual([1, 2, 0]);
});
