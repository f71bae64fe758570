import { expect, test } from "vitest";
import { pause } from "#app/core/batches/pause-batch.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { createWorld } from "#test/support/world.ts";

const MESSAGE = "It goes on by itself.";
const WEEKS_OF_TRIES = 200;

/** A batch of codes that has been put off as often as it may, and what became of it. */
async function pausedBy(problem: { kind: string; retryInMs?: number }) {
  const world = await createWorld();
  const { ports, domain: shop, clock, prisma } = world;
  await setUpProgram(world);
  const discountId = await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  await world.drain();
  const draft = { draftKey: "more", discountId, plan: null, codes: 1 };
  const { batchId } = await ports.store.batches.create(shop, draft, clock.now());
  await prisma.batch.updateMany({ where: { id: batchId }, data: { attempts: WEEKS_OF_TRIES } });
  const batch = await ports.store.batches.find(shop, batchId);
  if (!batch) throw new Error("no batch");
  const { kind, retryInMs } = problem;
  const now = clock.now().getTime();
  const retryAt = retryInMs === undefined ? {} : { retryAt: new Date(now + retryInMs) };
  await pause(ports, batch, { kind, retry: "later", message: MESSAGE, ...retryAt });
  const [job] = await prisma.$queryRaw<{ due: Date }[]>`
    SELECT start_after AS due FROM pgboss.job WHERE name = 'make-codes' AND state = 'created'`;
  const after = await ports.store.batches.find(shop, batchId);
  return { state: after?.state, attempts: after?.attempts, waitMs: job && job.due.getTime() - now };
}

test.each([
  ["Shopify's points come back", { kind: "throttled", retryInMs: 4_000 }, 4_000],
  ["impact.com's hour begins", { kind: "rate-limited", retryInMs: 900_000 }, 900_000],
  ["impact.com is asked again", { kind: "unavailable", retryInMs: 60_000 }, 60_000],
])("until %s a batch waits, and that is no failed try", async (_until, problem, waitMs) => {
  expect(await pausedBy(problem)).toEqual({ state: "running", attempts: WEEKS_OF_TRIES, waitMs });
});

test("points that are there already are waited for a second, not to be refused once more", async () => {
  const { waitMs } = await pausedBy({ kind: "throttled" });
  expect(waitMs).toBeGreaterThanOrEqual(1_000);
  expect(waitMs).toBeLessThanOrEqual(2_000);
});

test("what was tried for weeks in vain is given up", async () => {
  expect(await pausedBy({ kind: "unavailable" })).toMatchObject({ state: "failed" });
});
