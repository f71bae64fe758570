import { expect, test } from "vitest";
import { batchView } from "#app/components/batches/batch-view.server.ts";
import { cancelBatch } from "#app/core/batches/cancel-batch.ts";
import { planUploaded } from "#app/core/batches/plan-uploaded.ts";
import { deleteDiscount } from "#app/core/codes/end-discount.ts";
import { checkCodesNow } from "#test/core/given/check-codes-now.ts";
import { deleteInShopify, discountWith } from "#test/core/given/drift.ts";
import { makeCodes } from "#app/core/batches/make-codes.ts";
import { readBatch } from "#app/core/batches/read-batch.ts";
import { readUploadCheck } from "#app/core/uploads/read-upload-check.ts";
import { takeUpload } from "#app/core/uploads/take-upload.ts";
import { checkLines, worldWithDiscount } from "#test/core/given/upload-csv.ts";
import { codeOf, standingOf } from "#test/core/given/world-with-codes.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";

const HOUR = 3_600_000;
const FILE = [
  "Code,Partner,Start",
  "TEA1,10001,",
  "TEA2,10001,2026-12-01",
  "TEA3,10002,2026-12-01",
];
/** The first moment of 1 December in New York. */
const STARTS_AT = new Date("2026-12-01T05:00:00Z");

/** The file is taken, and what is due by now has run. */
async function worldWithFile() {
  const { world, discountId } = await worldWithDiscount();
  const { ports, domain: shop } = world;
  const uploadId = await checkLines(world, discountId, FILE);
  const taken = await takeUpload(ports, { shop, uploadId });
  if (!taken?.ok) throw new Error("not taken");
  await world.drain(HOUR);
  const own = await readBatch(ports, { shop, batchId: taken.value.batchId });
  const [later] = own?.later ?? [];
  if (!own || !later) throw new Error("nothing waits");
  return { world, discountId, own, later };
}

test("a code that starts later is not in Shopify before, and nobody else can have it", async () => {
  const { world, discountId, own, later } = await worldWithFile();
  const { ports, domain: shop } = world;
  expect([...world.shop.codes.keys()].sort()).toEqual(["ANNA10", "TEA1"]);
  expect(own).toMatchObject({ batch: { state: "done", codes: 1 }, waitsUntil: null });
  expect(later).toMatchObject({ state: "running", codes: 2, startsAt: STARTS_AT });
  expect(await readBatch(ports, { shop, batchId: later.id })).toMatchObject({
    waitsUntil: STARTS_AT,
  });
  // However often its job comes early.
  await makeCodes(ports, { shop, batchId: later.id });
  expect(world.shop.codes.has("TEA2")).toBe(false);
  const again = await checkLines(world, discountId, ["Code,Partner", "TEA2,10002"]);
  expect((await readUploadCheck(ports, { shop, uploadId: again }))?.upload.counts).toMatchObject({
    ...{ new: 0, wrongByKind: { "other-partner": 1 } },
  });
  expect(await ports.store.seenCodes.countLive(shop, discountId, [])).toMatchObject({
    isBusy: false,
  });
});

test("at its start it is made, registered from then on, and earns", async () => {
  const { world, later } = await worldWithFile();
  const { ports, domain: shop, clock } = world;
  await world.drain(STARTS_AT.getTime() - clock.now().getTime() + HOUR);
  expect(await ports.store.batches.find(shop, later.id)).toMatchObject({ state: "done" });
  expect(await codeOf(world, "TEA2")).toMatchObject({
    ...{ shopifyState: "live", impactState: "registered", assignedSince: STARTS_AT },
  });
  expect(world.account.promoCodes.find(({ code }) => code === "TEA3")).toMatchObject({
    ...{ partnerId: "10002", startsAt: STARTS_AT },
  });
  const order = await buyAndDeliver(world, { codes: ["TEA2"] });
  expect(await standingOf(world, order)).toMatchObject({ reason: "credited" });
});

test("a batch that waits is cancelled at once, and its codes are free again", async () => {
  const { world, own, later } = await worldWithFile();
  const { ports, prisma, domain: shop } = world;
  await cancelBatch(ports, { shop, batchId: later.id });
  await world.drain(HOUR);
  expect(await ports.store.batches.find(shop, later.id)).toMatchObject({ state: "cancelled" });
  expect(await prisma.code.count({ where: { code: { in: ["TEA2", "TEA3"] } } })).toBe(0);
  const read = await readBatch(ports, { shop, batchId: later.id });
  if (!read) throw new Error("the batch is gone");
  // What its page says then: it can't be resumed.
  expect(batchView(read, "UTC")).toMatchObject({
    ...{ leftOut: 2, canResume: false, isRestKept: false, startsLater: true },
  });
  const file = await readBatch(ports, { shop, batchId: own.batch.id });
  if (!file) throw new Error("the file's batch is gone");
  expect(batchView(file, "UTC").later).toMatchObject([{ codes: 2, isCancelled: true }]);
});

test("deleting a discount cancels what waits for its start there", async () => {
  const { world, discountId, later } = await worldWithFile();
  const { ports, prisma, domain: shop } = world;
  expect(await deleteDiscount(ports, { shop, discountId })).toMatchObject({ ok: true });
  await world.drain(HOUR);
  expect(await ports.store.batches.find(shop, later.id)).toMatchObject({ state: "cancelled" });
  expect(await prisma.code.count({ where: { code: { in: ["TEA2", "TEA3"] } } })).toBe(0);
});

test("what waits for its start in a discount that was deleted in Shopify says then that it is gone", async () => {
  const { world, later } = await worldWithFile();
  const { ports, domain: shop, clock } = world;
  deleteInShopify(world, discountWith(world, "ANNA10"));
  await checkCodesNow(world);
  await world.drain(STARTS_AT.getTime() - clock.now().getTime() + HOUR);
  expect(await ports.store.batches.find(shop, later.id)).toMatchObject({
    ...{ state: "failed", problem: expect.stringMatching(/is gone from Shopify/) as string },
  });
});

test("rows that start when a cancelled batch would are told of, and no code waits for good", async () => {
  const { world, own, later } = await worldWithFile();
  const { ports, prisma, domain: shop } = world;
  await cancelBatch(ports, { shop, batchId: later.id });
  await world.drain(HOUR);
  // The file was longer than what had been planned by then.
  const [upload] = await prisma.upload.updateManyAndReturn({ data: { state: "taken" } });
  if (!upload) throw new Error("the file is gone");
  const row = { number: 9, code: "TEA9", partnerId: "10001", startsAt: STARTS_AT };
  await prisma.uploadRow.create({ data: { ...row, shop, uploadId: upload.id } });
  await planUploaded(ports, own.batch, 64);
  expect(await prisma.code.count({ where: { code: "TEA9" } })).toBe(0);
  const read = await readBatch(ports, { shop, batchId: own.batch.id });
  expect(read?.upload).toEqual({ rowsLeft: 0, rowsRefused: 1 });
  expect(read?.refusedRows[0]?.problem).toMatch(/was cancelled.+upload its row again/);
});

test("a file has at most 100 different starts to come", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, domain: shop } = world;
  const lines = Array.from({ length: 101 }, (_, at) => {
    const day = new Date(Date.UTC(2027, 0, 1 + at)).toISOString().slice(0, 10);
    return `DAY${at},10001,${day}`;
  });
  const uploadId = await checkLines(world, discountId, [
    ...["Code,Partner,Start", ...lines],
    "DAYX,10001,2027-01-01",
  ]);
  expect((await readUploadCheck(ports, { shop, uploadId }))?.upload.counts).toMatchObject({
    ...{ new: 101, wrongByKind: { "too-many-starts": 1 } },
  });
});

test("many codes that all start later are planned as many to a call as any others", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, prisma, domain: shop } = world;
  const lines = Array.from({ length: 600 }, (_, at) => `TEA${at + 1000},10001,2026-12-01`);
  const uploadId = await checkLines(world, discountId, ["Code,Partner,Start", ...lines]);
  const taken = await takeUpload(ports, { shop, uploadId });
  if (!taken?.ok) throw new Error("not taken");
  await world.drain(HOUR);
  const own = await readBatch(ports, { shop, batchId: taken.value.batchId });
  const [later, ...others] = own?.later ?? [];
  expect(others).toEqual([]);
  const parts = await prisma.batchPart.findMany({
    ...{ where: { batchId: later?.id ?? "" }, orderBy: { number: "asc" } },
  });
  expect(parts.map(({ codes }) => codes)).toEqual([1, 250, 250, 99]);
});
