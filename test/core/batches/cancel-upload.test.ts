import { expect, test } from "vitest";
import { forgetUploads } from "#app/adapters/postgres/forget-uploads.ts";
import { cancelBatch } from "#app/core/batches/cancel-batch.ts";
import { makeCodes } from "#app/core/batches/make-codes.ts";
import { planUploaded } from "#app/core/batches/plan-uploaded.ts";
import { readBatch } from "#app/core/batches/read-batch.ts";
import { resumeBatch } from "#app/core/batches/resume-batch.ts";
import { takeUpload } from "#app/core/uploads/take-upload.ts";
import { killedAt } from "#test/core/given/killed-at.ts";
import { checkLines, worldWithDiscount } from "#test/core/given/upload-csv.ts";
import { codeOf } from "#test/core/given/world-with-codes.ts";
import type { World } from "#test/support/world.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ROWS = 2_600;

/** A batch that is to make 2,600 rows of a file; the last one has a start, an end and a reach. */
async function uploadedBatch() {
  const { world, discountId } = await worldWithDiscount();
  const { ports, domain: shop } = world;
  const lines = Array.from({ length: ROWS - 1 }, (_, at) => `TEA-${at},10001,,,`);
  const last = "ZEN,10002,2026-11-10,2026-12-24,winner";
  const file = ["Code,Partner,Start,End,Reach", ...lines, last];
  const uploadId = await checkLines(world, discountId, file);
  const taken = await takeUpload(ports, { shop, uploadId });
  if (!taken?.ok) throw new Error(JSON.stringify(taken));
  const batch = await ports.store.batches.find(shop, taken.value.batchId);
  if (!batch) throw new Error("there is no batch");
  return { world, batch, asked: { shop, batchId: batch.id } };
}

type Asked = Awaited<ReturnType<typeof uploadedBatch>>["asked"];

/** Runs the batch as its jobs would, an hour apart; gives how it ended. */
async function runToEnd({ ports, clock }: World, asked: Asked) {
  for (let runs = 0; runs < 30; runs += 1) {
    await makeCodes(ports, asked);
    const state = (await ports.store.batches.find(asked.shop, asked.batchId))?.state;
    if (state !== "running" && state !== "cancelling") return state;
    clock.pass(HOUR_MS);
  }
  throw new Error("The batch never ends.");
}

async function resumeAndExpectAll(world: World, asked: Asked) {
  const { ports, prisma } = world;
  await resumeBatch(ports, asked);
  expect(await runToEnd(world, asked)).toBe("done");
  const { batchId } = asked;
  expect(await prisma.code.count({ where: { batchId, shopifyState: "live" } })).toBe(ROWS);
  expect(await prisma.batch.findUnique({ where: { id: batchId } })).toMatchObject({ codes: ROWS });
  expect(world.shop.codes.size).toBe(ROWS + 1);
  expect(await prisma.assignment.count({ where: { endsAt: null } })).toBe(ROWS + 1);
  expect(await prisma.uploadRow.count()).toBe(0);
}

test("cancelled with all its rows planned, an uploaded batch gives them back, and resumed makes each", async () => {
  const { world, batch, asked } = await uploadedBatch();
  const { ports, prisma, clock } = world;
  await planUploaded(ports, batch, 64);
  expect(await prisma.uploadRow.count()).toBe(0);
  await cancelBatch(ports, asked);
  expect(await runToEnd(world, asked)).toBe("cancelled");
  expect(await prisma.uploadRow.count()).toBe(ROWS);
  expect(await readBatch(ports, asked)).toMatchObject({ canResume: true, isRestKept: true });
  clock.pass(2 * DAY_MS);
  expect(await forgetUploads(prisma, clock.now())).toBe(0);
  await resumeAndExpectAll(world, asked);
  expect(await codeOf(world, "ZEN")).toMatchObject({
    partner: { partnerId: "10002" },
    assignedSince: new Date("2026-11-10T05:00:00Z"),
    endsAt: new Date("2026-12-25T05:00:00Z"),
    reach: "WINNER",
  });
  expect(await forgetUploads(prisma, clock.now())).toBe(1);
});

test.each([14, 24])(
  "killed at its call number %i and cancelled, an uploaded batch loses no row",
  async (nth) => {
    const { world, asked } = await uploadedBatch();
    const doomed = killedAt(world, nth);
    await Promise.race([makeCodes(doomed.ports, asked), doomed.killed]);
    world.clock.pass(HOUR_MS);
    await cancelBatch(world.ports, asked);
    expect(await runToEnd(world, asked)).toBe("cancelled");
    const { batchId } = asked;
    const made = await world.prisma.code.count({ where: { batchId, shopifyState: "live" } });
    expect(made).toBeLessThan(ROWS);
    expect(await world.prisma.uploadRow.count()).toBe(ROWS - made);
    await resumeAndExpectAll(world, asked);
  },
);

test("a batch of named codes that is cancelled does not promise to make them later", async () => {
  const { world } = await uploadedBatch();
  const { ports, prisma, domain: shop } = world;
  const named = await prisma.batch.findFirstOrThrow({ orderBy: { createdAt: "asc" } });
  expect(await readBatch(ports, { shop, batchId: named.id })).toMatchObject({
    ...{ canResume: false, isRestKept: false },
  });
});
