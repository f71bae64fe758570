import { expect, test } from "vitest";
import { failedCodesFile } from "#app/core/batches/failed-codes-file.ts";
import { expressionOf, type Shape } from "#app/core/codes/families/family-shape.ts";
import { listBatches, readBatch } from "#app/core/batches/read-batch.ts";
import { listRefusedRows } from "#app/core/uploads/list-refused-rows.ts";
import { takeUpload } from "#app/core/uploads/take-upload.ts";
import { drawn, familyWorld } from "#test/core/given/family-world.ts";
import { checkLines, worldWithDiscount } from "#test/core/given/upload-csv.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { uploadView } from "#app/components/uploads/upload-view.server.ts";
import { readUploadCheck } from "#app/core/uploads/read-upload-check.ts";
import { codeOf, requestsTo } from "#test/core/given/world-with-codes.ts";
import { defaultRules } from "#test/sandbox/impact/rules.ts";
import type { World } from "#test/support/world.ts";

async function takeAndMake(world: World, uploadId: string) {
  const { ports, domain: shop } = world;
  const taken = await takeUpload(ports, { shop, uploadId });
  if (!taken?.ok) throw new Error(JSON.stringify(taken));
  await world.drain();
  return { shop, batchId: taken.value.batchId };
}

test("a row whose code a family took since the check is told of, and the others are made", async () => {
  const { world, discountId } = await familyWorld();
  const lines = ["Code,Partner", "ANNA10-ACDEFH,10002", "BENSCODE,10002"];
  const uploadId = await checkLines(world, discountId, lines);
  await drawn(world, discountId);
  const asked = await takeAndMake(world, uploadId);
  const read = await readBatch(world.ports, asked);
  expect(read).toMatchObject({
    ...{ batch: { state: "done", codes: 1 }, counts: { live: 1 }, canResume: false },
    upload: { rowsLeft: 0, rowsRefused: 1 },
    refusedRows: [{ number: 2, code: "ANNA10-ACDEFH", partner: { partnerId: "10002" } }],
  });
  expect(read?.refusedRows[0]?.problem).toMatch(/impact\.com credits to Anna.+Choose another code/);
  const { batches } = await listBatches(world.ports, { shop: asked.shop, after: null });
  expect(batches.find(({ id }) => id === asked.batchId)).toMatchObject({ live: 1, failed: 1 });
  const file = failedCodesFile([], await listRefusedRows(world.ports, asked));
  expect(file).toContain("ANNA10-ACDEFH,");
  expect(file).toMatch(/,10002,This app,/);
});

test("rows whose codes another upload made since the check are told of, whosever they are by now", async () => {
  const { world, discountId } = await worldWithDiscount();
  const one = await checkLines(world, discountId, ["Code,Partner", "TEA1,10001", "TEA2,10002"]);
  const other = await checkLines(world, discountId, ["Code,Partner", "TEA1,10001", "TEA2,10001"]);
  await takeAndMake(world, one);
  const asked = await takeAndMake(world, other);
  const rows = await listRefusedRows(world.ports, asked);
  expect(rows.map(({ number, code }) => [number, code])).toEqual([
    [2, "TEA1"],
    [3, "TEA2"],
  ]);
  expect(rows[0]?.problem).toContain("came to be this partner's");
  expect(rows[1]?.problem).toContain("TEA2 belongs to Ben");
});

test("a row whose code stands at impact.com for another partner is told of before anything is made, even where impact.com would take it", async () => {
  const { world, discountId } = await worldWithDiscount();
  world.impactState.rules = { ...defaultRules, againWhileItStands: "allowed" };
  const lines = ["Code,Partner", "BENS,10001", "ANNAS,10001", "PAST,10001", "FREE,10001"];
  const uploadId = await checkLines(world, discountId, lines);
  registerElsewhere(world, "bens", "10002");
  registerElsewhere(world, "ANNAS", "10001");
  registerElsewhere(world, "PAST", "10002", { endsAt: new Date("2020-01-01T00:00:00Z") });
  const before = requestsTo(world, "GET", "/PromoCodes").length;
  // The first try is refused for the hour's limit: nothing is made until impact.com has told.
  world.impact.faults.failNext(1, 429, ({ method }) => method === "GET");
  const asked = await takeAndMake(world, uploadId);
  const rows = await listRefusedRows(world.ports, asked);
  expect(rows.map(({ number, code }) => [number, code])).toEqual([[2, "BENS"]]);
  expect(rows[0]?.problem).toBe(
    "BENS is registered to Ben Baker at impact.com. Choose another code, or expire it there first.",
  );
  expect([...world.shop.codes.keys()].sort()).toEqual(["ANNA10", "ANNAS", "FREE", "PAST"]);
  expect(await readBatch(world.ports, asked)).toMatchObject({
    ...{ batch: { state: "done", codes: 3 }, counts: { live: 3, registered: 3 } },
  });
  expect(requestsTo(world, "GET", "/PromoCodes").length - before).toBe(2);
  const toAnna = world.account.promoCodes.filter(({ code }) => code.toUpperCase() === "BENS");
  expect(toAnna.map(({ partnerId }) => partnerId)).toEqual(["10002"]);
});

test.each(["^TEA.*$", expressionOf("TEA*" as Shape)])(
  "a row that another partner's expression %s matches, behind the first 5,000 registrations, is told of before anything is made",
  async (expression) => {
    const { world, discountId } = await worldWithDiscount();
    const endsAt = new Date(world.clock.now().getTime() - 1_000);
    for (let at = 0; at < 6_000; at += 1) registerElsewhere(world, `OLD${at}`, "10002", { endsAt });
    registerElsewhere(world, expression, "10002", { type: "RE" });
    const lines = ["Code,Partner", "TEAA,10001", "TEAC,10002", "FREE,10001"];
    const uploadId = await checkLines(world, discountId, lines);
    const before = requestsTo(world, "GET", "/PromoCodes").length;
    const asked = await takeAndMake(world, uploadId);
    const rows = await listRefusedRows(world.ports, asked);
    expect(rows.map(({ code, problem }) => [code, problem])).toEqual([
      [
        "TEAA",
        `At impact.com the regular expression ${expression} of Ben Baker matches TEAA, so it may be credited to them. Choose another code, or end that expression there first.`,
      ],
    ]);
    expect([...world.shop.codes.keys()].sort()).toEqual(["ANNA10", "FREE", "TEAC"]);
    expect(requestsTo(world, "GET", "/PromoCodes").length - before).toBe(7);
  },
);

test("a row whose code another partner has at impact.com is wrong in the dry run already, where that can be asked", async () => {
  const { world, discountId } = await worldWithDiscount();
  const { ports, domain: shop } = world;
  registerElsewhere(world, "bens", "10002");
  const lines = ["Code,Partner", "BENS,10001", "FREE,10001"];
  const viewOf = async () => {
    const uploadId = await checkLines(world, discountId, lines);
    const check = await readUploadCheck(ports, { shop, uploadId });
    return check && uploadView(check, { timeZone: "UTC" });
  };
  expect(await viewOf()).toMatchObject({
    ...{ new: 1, wrong: 1, atImpact: [] },
    wrongRows: [{ why: expect.stringMatching(/^BENS is registered to Ben Baker at impact\.com/) }],
  });
  world.impact.faults.failNext(9, 503);
  expect(await viewOf()).toMatchObject({
    ...{
      new: 2,
      wrong: 0,
      atImpact: [expect.stringMatching(/impact\.com.+refused when it is made/)],
    },
  });
});

test("a row with a reach of its own is kept back where its partner's family was planned since the check", async () => {
  const { world, discountId } = await familyWorld();
  const lines = ["Code,Partner,Reach", "ANNA10-ACDEFH,10001,winner", "ANNA10-ACDEFJ,10001,always"];
  const uploadId = await checkLines(world, discountId, lines);
  await drawn(world, discountId);
  const asked = await takeAndMake(world, uploadId);
  const rows = await listRefusedRows(world.ports, asked);
  expect(rows.map(({ code, problem }) => [code, problem])).toEqual([
    [
      "ANNA10-ACDEFH",
      "ANNA10-ACDEFH is one of the codes ANNA10-****** that impact.com credits to Anna Able for every order, so it can't have a narrower reach. Leave the reach empty, or choose another code.",
    ],
  ]);
  expect((await codeOf(world, "ANNA10-ACDEFJ")).familyId).not.toBeNull();
});
