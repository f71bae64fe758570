import { expect, test } from "vitest";
import { changeCodes } from "#app/core/changes/change-codes.ts";
import { retireEnded } from "#app/core/codes/retire-ended.ts";
import { takeUpload } from "#app/core/uploads/take-upload.ts";
import { readUploadCheck } from "#app/core/uploads/read-upload-check.ts";
import { startChanging } from "#test/core/given/change-batch.ts";
import { checkCodesNow } from "#test/core/given/check-codes-now.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { checkLines, worldWithDiscount } from "#test/core/given/upload-csv.ts";
import { codeOf, standingOf } from "#test/core/given/world-with-codes.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const HOUR = 3_600_000;
const FILE = [
  "Code,Partner,Start,End,Reach",
  "TEA1,10001,2026-11-23T10:30:00Z,2026-12-24,winner",
  "TEA2,10002,,,involved",
  "TEA3,10001,,,",
];
/** The last moment of 24 December in New York. */
const ENDS_AT = new Date("2026-12-25T05:00:00Z");

/** The file's codes, made and registered; nothing that is due later has run. */
async function worldWithFile(lines = FILE): Promise<{ world: World; discountId: string }> {
  const { world, discountId } = await worldWithDiscount();
  const uploadId = await checkLines(world, discountId, lines);
  await takeUpload(world.ports, { shop: world.domain, uploadId });
  await world.drain(HOUR);
  return { world, discountId };
}

const there = ({ account }: World, code: string) =>
  account.promoCodes.find((one) => one.code === code);

test("a row's start, end and reach are what its code is registered with", async () => {
  const { world } = await worldWithFile();
  expect(there(world, "TEA1")).toMatchObject({
    ...{ creditPolicy: "WINNER", startsAt: new Date("2026-11-23T10:30:00Z"), endsAt: ENDS_AT },
  });
  expect(there(world, "TEA2")).toMatchObject({ creditPolicy: "INVOLVED", endsAt: null });
  expect(there(world, "TEA3")).toMatchObject({ creditPolicy: "ALWAYS", endsAt: null });
  expect(await codeOf(world, "TEA1")).toMatchObject({ endsAt: ENDS_AT, reach: "WINNER" });
});

test("a code is retired at its own end, and the others stay", async () => {
  const { world } = await worldWithFile();
  await world.drain();
  expect(world.clock.now().getTime()).toBeGreaterThanOrEqual(ENDS_AT.getTime());
  expect(await codeOf(world, "TEA1")).toMatchObject({
    ...{ shopifyState: "retired", impactState: "expired" },
  });
  expect([...world.shop.codes.keys()].sort()).toEqual(["ANNA10", "TEA2", "TEA3"]);
  const late = await buyAndDeliver(world, { codes: ["TEA2"] });
  expect(await standingOf(world, late)).toMatchObject({ state: expect.any(String) as string });
});

test("ended codes are retired once, however often that is looked for", async () => {
  const { world } = await worldWithFile();
  const { ports, prisma, clock, domain: shop } = world;
  clock.passTo(ENDS_AT);
  await Promise.all([retireEnded(ports, { shop }), retireEnded(ports, { shop })]);
  await world.drain(HOUR);
  await retireEnded(ports, { shop });
  expect(await prisma.batch.findMany({ where: { kind: "retire" } })).toMatchObject([
    { state: "done", codes: 1 },
  ]);
});

test("a code that ends later than its discount is registered until its discount ends", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, prisma, domain: shop } = world;
  await prisma.discount.update({ where: { id: discountId }, data: { endsAt: ENDS_AT } });
  const uploadId = await checkLines(world, discountId, [
    "Code,Partner,End",
    "TEA1,10001,2027-01-31",
  ]);
  await takeUpload(ports, { shop, uploadId });
  await world.drain(HOUR);
  expect(there(world, "TEA1")).toMatchObject({ endsAt: ENDS_AT });
});

test("the same file again finds nothing new, and rows with other dates or reaches are refused", async () => {
  const { world, discountId } = await worldWithFile();
  const { ports, domain: shop } = world;
  const again = await checkLines(world, discountId, FILE);
  expect((await readUploadCheck(ports, { shop, uploadId: again }))?.upload.counts).toMatchObject({
    ...{ new: 0, wrong: 0, yoursUnchanged: 3 },
  });
  const other = ["Code,Partner,End,Reach", "TEA1,10001,2026-12-31,", "TEA2,10002,,winner"];
  const differs = await checkLines(world, discountId, other);
  expect((await readUploadCheck(ports, { shop, uploadId: differs }))?.upload.counts).toMatchObject({
    ...{ new: 0, yoursUnchanged: 0, wrongByKind: { "changes-yours": 2 } },
  });
});

test("the check of both sides finds nothing to repair about a code that ends on its own", async () => {
  const { world } = await worldWithFile();
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a registration of another reach is not taken for the code's", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, domain: shop } = world;
  registerElsewhere(world, "TEA2", "10002");
  const uploadId = await checkLines(world, discountId, FILE);
  await takeUpload(ports, { shop, uploadId });
  await world.drain(HOUR);
  expect(await codeOf(world, "TEA2")).toMatchObject({
    impactState: "failed",
    impactProblem: expect.stringContaining("credit policy ALWAYS, and not INVOLVED") as string,
  });
});

test("a new code that takes an old one's place ends with it, and reaches as far", async () => {
  const { world } = await worldWithFile();
  const { ports, domain: shop } = world;
  const batchId = await startChanging(world, ["TEA1"], { kind: "rotate", graceDays: "30" });
  await world.drain(HOUR);
  await changeCodes(ports, { shop, batchId });
  const made = world.account.promoCodes.filter(({ creditPolicy }) => creditPolicy === "WINNER");
  expect(made).toMatchObject([{ endsAt: ENDS_AT }, { endsAt: ENDS_AT }]);
});
