import { expect, test } from "vitest";
import { forgetUploads } from "#app/adapters/postgres/forget-uploads.ts";
import { makeCodes } from "#app/core/batches/make-codes.ts";
import { deleteDiscount, switchDiscount } from "#app/core/codes/end-discount.ts";
import { checkUpload } from "#app/core/uploads/check-upload.ts";
import { readUploadCheck } from "#app/core/uploads/read-upload-check.ts";
import { takeUpload } from "#app/core/uploads/take-upload.ts";
import { killedAt } from "#test/core/given/killed-at.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { checkLines, uploadOf, worldWithDiscount } from "#test/core/given/upload-csv.ts";
import { codeOf } from "#test/core/given/world-with-codes.ts";
import type { World } from "#test/support/world.ts";

const FILE = ["Code,Partner,Start", "TEA1,10001", "TEA2,10002,2026-11-01", "TEA3,Nobody"];

async function take({ ports, domain: shop }: World, uploadId: string): Promise<string> {
  const taken = await takeUpload(ports, { shop, uploadId });
  if (!taken?.ok) throw new Error(JSON.stringify(taken));
  return taken.value.batchId;
}

async function countsOf({ ports, domain: shop }: World, uploadId: string) {
  return (await readUploadCheck(ports, { shop, uploadId }))?.upload.counts;
}

test("a taken upload's codes are made in Shopify and registered, each its partner's from its start", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, domain: shop } = world;
  const uploadId = await checkLines(world, discountId, FILE);
  const batchId = await take(world, uploadId);
  await world.drain();
  expect(await ports.store.batches.find(shop, batchId)).toMatchObject({ state: "done", codes: 2 });
  expect([...world.shop.codes.keys()].sort()).toEqual(["ANNA10", "TEA1", "TEA2"]);
  expect(await codeOf(world, "TEA1")).toMatchObject({
    ...{ shopifyState: "live", impactState: "registered", discountId },
    partner: { partnerId: "10001" },
  });
  expect(await codeOf(world, "TEA2")).toMatchObject({
    ...{ partner: { partnerId: "10002" }, impactState: "registered" },
    assignedSince: new Date("2026-11-01T04:00:00Z"),
  });
});

test("an upload is taken once: taken again it is the same batch, and its wrong rows are erased", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, prisma, domain: shop } = world;
  const uploadId = await checkLines(world, discountId, FILE);
  const [one, other] = await Promise.all([take(world, uploadId), take(world, uploadId)]);
  expect(other).toBe(one);
  expect(await prisma.uploadRow.count({ where: { wrong: { not: null } } })).toBe(0);
  await world.drain();
  expect(await take(world, uploadId)).toBe(one);
  expect(await world.drain()).toEqual([]);
  expect(await prisma.batch.count({ where: { shop } })).toBe(2);
  expect(await prisma.uploadRow.count()).toBe(0);
  expect(await ports.store.uploads.find(shop, uploadId)).toMatchObject({ state: "planned" });
});

test("the same file again finds nothing new, and there is nothing to take", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, domain: shop } = world;
  await take(world, await checkLines(world, discountId, FILE));
  await world.drain();
  const again = await checkLines(world, discountId, FILE);
  expect(await countsOf(world, again)).toMatchObject({ new: 0, yoursUnchanged: 2, wrong: 1 });
  expect(await takeUpload(ports, { shop, uploadId: again })).toMatchObject({
    ok: false,
    problem: { kind: "nothing-new" },
  });
});

test("a file uploaded twice before either is taken makes each code once", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, domain: shop, prisma } = world;
  const [one, other] = [
    await checkLines(world, discountId, FILE),
    await checkLines(world, discountId, FILE),
  ];
  const batches = [await take(world, one), await take(world, other)];
  await world.drain();
  const ended = await Promise.all(batches.map((id) => ports.store.batches.find(shop, id)));
  expect(ended.map((batch) => [batch?.state, batch?.codes]).sort()).toEqual([
    ["done", 0],
    ["done", 2],
  ]);
  expect(await prisma.code.count()).toBe(3);
});

test("a code that became another discount's in Shopify after the dry run fails with a sentence, and the others are made", async () => {
  const { world, discountId } = await worldWithDiscount();
  const checked = await checkLines(world, discountId, FILE);
  makeInShopify(world, "tea1", "Flash sale");
  await take(world, checked);
  await world.drain();
  expect(await codeOf(world, "TEA1")).toMatchObject({
    shopifyState: "failed",
    shopifyProblem: expect.stringContaining("Flash sale") as string,
  });
  expect(await codeOf(world, "TEA2")).toMatchObject({ shopifyState: "live" });
});

test("a code that Shopify refused is made by the next file that names it, for the partner it names then", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, domain: shop } = world;
  const checked = await checkLines(world, discountId, FILE);
  makeInShopify(world, "tea1", "Flash sale");
  const first = await take(world, checked);
  await world.drain();
  world.shop.codes.delete("TEA1");
  const lines = ["Code,Partner", "TEA1,10002", "TEA2,10002"];
  const again = await checkLines(world, discountId, lines);
  expect(await countsOf(world, again)).toMatchObject({ new: 1, yoursUnchanged: 1, wrong: 0 });
  const second = await take(world, again);
  await world.drain();
  expect(await codeOf(world, "TEA1")).toMatchObject({
    ...{ shopifyState: "live", impactState: "registered", partner: { partnerId: "10002" } },
  });
  expect(await ports.store.batches.find(shop, first)).toMatchObject({ codes: 1 });
  expect(await ports.store.batches.find(shop, second)).toMatchObject({ state: "done", codes: 1 });
});

test("a file for a discount that has ended is refused, before it is checked and after", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, domain: shop } = world;
  const uploadId = await checkLines(world, discountId, FILE);
  expect(await switchDiscount(ports, { shop, discountId, to: "inactive" })).toEqual({ ok: true });
  const refused = { ok: false, problem: { message: expect.stringMatching(/Activate it first/) } };
  expect(await checkUpload(ports, uploadOf(world, discountId, FILE))).toMatchObject(refused);
  expect(await takeUpload(ports, { shop, uploadId })).toMatchObject(refused);
});

test("a file for a discount that is gone from Shopify is refused, before it is checked and after", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, domain: shop } = world;
  const uploadId = await checkLines(world, discountId, FILE);
  expect(await deleteDiscount(ports, { shop, discountId })).toMatchObject({ ok: true });
  const refused = { ok: false, problem: { message: expect.stringMatching(/gone from Shopify/) } };
  expect(await checkUpload(ports, uploadOf(world, discountId, FILE))).toMatchObject(refused);
  expect(await takeUpload(ports, { shop, uploadId })).toMatchObject(refused);
});

test.each([1, 2, 4, 6, 8, 10, 12, 17, 25, 40])(
  "killed at its call number %i while 3,000 rows are taken, each code is made once",
  async (nth) => {
    const { world, discountId } = await worldWithDiscount();
    const { ports, domain: shop, prisma, clock } = world;
    const lines = Array.from({ length: 3_000 }, (_, at) => `TEA-${at},10001`);
    const batchId = await take(
      world,
      await checkLines(world, discountId, ["Code,Partner", ...lines]),
    );
    const doomed = killedAt(world, nth);
    await Promise.race([makeCodes(doomed.ports, { shop, batchId }), doomed.killed]);
    clock.pass(3_600_000);
    for (let runs = 0; runs < 30; runs += 1) {
      await makeCodes(ports, { shop, batchId });
      if ((await ports.store.batches.find(shop, batchId))?.state !== "running") break;
      clock.pass(3_600_000);
    }
    expect(await ports.store.batches.find(shop, batchId)).toMatchObject({
      ...{ state: "done", codes: 3_000 },
    });
    expect(await prisma.code.count({ where: { batchId, shopifyState: "live" } })).toBe(3_000);
    expect(await prisma.assignment.count({ where: { shop } })).toBe(3_001);
    expect(world.shop.codes.size).toBe(3_001);
    const parts = await prisma.batchPart.findMany({ where: { batchId } });
    expect(Math.max(...parts.map(({ codes }) => codes))).toBeLessThanOrEqual(250);
  },
);

test("a commit that breaks off takes no row away from the upload", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, domain: shop, prisma } = world;
  const batchId = await take(world, await checkLines(world, discountId, FILE));
  const breaksOff: typeof ports.store.inTransaction = (work) =>
    ports.store.inTransaction(async (tx) => {
      await work(tx);
      throw new Error("connection lost");
    });
  const store = { ...ports.store, inTransaction: breaksOff };
  await expect(makeCodes({ ...ports, store }, { shop, batchId })).rejects.toThrow("lost");
  expect(await prisma.uploadRow.count()).toBe(2);
  expect(await prisma.code.count()).toBe(1);
  await world.drain();
  world.clock.pass(3_600_000);
  await makeCodes(ports, { shop, batchId });
  await world.drain();
  expect(await prisma.code.count({ where: { shopifyState: "live" } })).toBe(3);
});

test("after a day an upload can't be taken, and it is erased with its rows", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, prisma, clock, domain: shop } = world;
  const uploadId = await checkLines(world, discountId, FILE);
  expect(await forgetUploads(prisma, clock.now())).toBe(0);
  clock.pass(86_400_000);
  expect(await takeUpload(ports, { shop, uploadId })).toMatchObject({
    ok: false,
    problem: { kind: "upload-gone" },
  });
  expect(await forgetUploads(prisma, clock.now())).toBe(1);
  expect(await prisma.uploadRow.count()).toBe(0);
  expect(await takeUpload(ports, { shop, uploadId })).toBe(null);
});

test("an upload whose codes are still to be planned stays, however old", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { prisma, clock } = world;
  const uploadId = await checkLines(world, discountId, FILE);
  await take(world, uploadId);
  clock.pass(10 * 86_400_000);
  expect(await forgetUploads(prisma, clock.now())).toBe(0);
  await world.drain();
  expect(await prisma.code.count()).toBe(3);
  expect(await forgetUploads(prisma, clock.now())).toBe(1);
});
