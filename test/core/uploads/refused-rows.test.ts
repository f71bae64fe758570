import { expect, test } from "vitest";
import { failedCodesFile } from "#app/core/batches/failed-codes-file.ts";
import { listBatches, readBatch } from "#app/core/batches/read-batch.ts";
import { listRefusedRows } from "#app/core/uploads/list-refused-rows.ts";
import { takeUpload } from "#app/core/uploads/take-upload.ts";
import { drawn, familyWorld } from "#test/core/given/family-world.ts";
import { checkLines, worldWithDiscount } from "#test/core/given/upload-csv.ts";
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
  const listed = await listBatches(world.ports, asked.shop);
  expect(listed.find(({ id }) => id === asked.batchId)).toMatchObject({ live: 1, failed: 1 });
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
