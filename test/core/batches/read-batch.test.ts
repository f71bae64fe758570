import { expect, test } from "vitest";
import { failedCodesFile } from "#app/core/batches/failed-codes-file.ts";
import { codesPerMinute, secondsFor } from "#app/core/batches/pace.ts";
import { previewDrawing } from "#app/core/batches/preview-drawing.ts";
import { listBatches, listFailedCodes, readBatch } from "#app/core/batches/read-batch.ts";
import { startDrawing } from "#app/core/batches/start-drawing.ts";
import type { PartnerId } from "#app/core/ids.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { createWorld } from "#test/support/world.ts";

const NOW = new Date("2026-11-25T12:00:00Z");
const before = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000);

async function worldWithBatch() {
  const world = await createWorld();
  await setUpProgram(world);
  const discountId = await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  await world.drain();
  const { domain: shop, ports } = world;
  // The newest batch is listed first.
  world.clock.pass(1_000);
  const answer = await startDrawing(ports, {
    ...{ shop, discountId, draftKey: "one form", pattern: "{FIRST}-{RANDOM:6}" },
    ...{ codesEach: "5", partnerIds: "all" as const },
  });
  if (!answer?.ok) throw new Error("refused");
  return { world, shop, discountId, batchId: answer.batchId };
}

test("the pace is what the last parts made in the time between the first and the last of them", () => {
  const parts = [
    { codes: 250, doneAt: before(1) },
    { codes: 200, doneAt: before(31) },
    { codes: 250, doneAt: before(61) },
  ];
  expect(codesPerMinute(parts, NOW)).toBe(450);
  expect(secondsFor(900, 450)).toBe(120);
});

test.each([
  ["one part alone", [{ codes: 250, doneAt: before(1) }]],
  ["no part", []],
  ["parts of one instant", [1, 2].map(() => ({ codes: 250, doneAt: before(1) }))],
  ["parts of long ago", [200, 300].map((ago) => ({ codes: 250, doneAt: before(ago) }))],
])("%s says nothing of the pace", (_what, parts) => {
  expect(codesPerMinute(parts, NOW)).toBeNull();
  expect(secondsFor(900, null)).toBeNull();
});

test("a batch is read with its discount, and its codes by how far they have come", async () => {
  const { world, shop, batchId } = await worldWithBatch();
  const partners = await world.prisma.partner.count({ where: { shop, hasContract: true } });
  const read = async () => readBatch(world.ports, { shop, batchId });
  expect(await read()).toMatchObject({
    batch: { state: "running", codes: 5 * partners },
    title: "Creators",
    counts: { planned: 0, asked: 0, live: 0, failed: 0, registered: 0 },
    perMinute: null,
    secondsLeft: null,
    canResume: false,
  });
  await world.drain();
  expect(await read()).toMatchObject({
    batch: { state: "done" },
    counts: { live: 5 * partners, registered: 5 * partners, failed: 0 },
    failedCodes: [],
    canResume: false,
  });
  const { batches } = await listBatches(world.ports, { shop, after: null });
  expect(batches).toMatchObject([
    { id: batchId, title: "Creators", live: 5 * partners },
    { live: 1 },
  ]);
});

test("every batch of a shop stands on one of the pages, the newest first", async () => {
  const { world, shop } = await worldWithBatch();
  const selection = { kind: "picked", codeIds: [] } as const;
  const action = { kind: "retire" } as const;
  const plan = { action, selection, startsAt: null, after: null, isTaken: true };
  // Fifty-eight, many of them of one moment.
  for (let nth = 0; nth < 56; nth += 1) {
    const at = new Date(world.clock.now().getTime() + Math.floor(nth / 20) * 1_000);
    await world.ports.store.changes.create(shop, { draftKey: `retire ${nth}`, plan }, at);
  }
  const first = await listBatches(world.ports, { shop, after: null });
  const second = await listBatches(world.ports, { shop, after: first.next });
  expect([first.batches.length, second.batches.length, second.next]).toEqual([50, 8, null]);
  const listed = [...first.batches, ...second.batches];
  expect(new Set(listed.map(({ id }) => id)).size).toBe(await world.prisma.batch.count());
  const times = listed.map(({ createdAt }) => createdAt.getTime());
  expect(times).toEqual(times.toSorted((one, other) => other - one));
});

test("failed codes are read with their reasons, and the file runs no formula", async () => {
  const { world, shop, batchId } = await worldWithBatch();
  await world.drain();
  const [one, other, third] = await world.prisma.code.findMany({ where: { batchId }, take: 3 });
  const waits = { impactState: "planned", impactProblem: "The hourly limit is used up." };
  await world.prisma.code.update({ where: { id: third?.id ?? "" }, data: waits });
  const failed = { shopifyState: "failed", shopifyProblem: "=HYPERLINK(1)" };
  await world.prisma.code.update({ where: { id: one?.id ?? "" }, data: failed });
  const refused = { impactState: "failed", impactProblem: "Taken there." };
  await world.prisma.code.update({ where: { id: other?.id ?? "" }, data: refused });
  const detail = await readBatch(world.ports, { shop, batchId });
  expect(detail).toMatchObject({ canResume: true, counts: { failed: 1, unregistrable: 1 } });
  expect(detail?.failedCodes).toHaveLength(2);
  expect(detail?.counts.waitsBecause).toBe("The hourly limit is used up.");
  const listed = (await listBatches(world.ports, { shop, after: null })).batches;
  // Shopify's refusals it counts by parts, of which none was told of one here.
  expect(listed.map(({ failed }) => failed)).toEqual([1, 0]);
  expect(listed.map(({ isRegistering }) => isRegistering)).toEqual([true, false]);
  const codes = await listFailedCodes(world.ports, { shop, batchId });
  const file = failedCodesFile(codes ?? []);
  expect(file).toContain(`,Shopify,'=HYPERLINK(1)\r\n`);
  expect(file).toContain(`${other?.code},`);
  expect(file).toContain(",impact.com,Taken there.\r\n");
});

test("a batch of nobody's is not read", async () => {
  const { world, shop } = await worldWithBatch();
  const asked = { shop, batchId: "00000000-0000-4000-8000-000000000000" };
  expect(await readBatch(world.ports, asked)).toBeNull();
  expect(await listFailedCodes(world.ports, asked)).toBeNull();
});

test("the form's examples are of its partners, and its sum and odds are said", async () => {
  const { world, shop, discountId } = await worldWithBatch();
  const partnerIds = ["10001", "10002"] as PartnerId[];
  const form = { shop, discountId, pattern: "{FIRST}-{RANDOM:6}", codesEach: "50", partnerIds };
  const preview = await previewDrawing(world.ports, { ...form, partners: 300 });
  expect(preview).toMatchObject({ problems: [], codes: 15_000, odds: { verdict: "safe" } });
  expect(preview?.examples).toHaveLength(10);
  const spelled = preview?.examples.map((code) => code.split("-")[0]);
  expect(new Set(spelled)).toEqual(new Set(["ANNA", "BEN"]));
  const wrong = await previewDrawing(world.ports, { ...form, pattern: "{FRIST}", partners: 2 });
  expect(wrong).toMatchObject({ examples: [], odds: null, codes: 100 });
  expect(wrong?.problems[0]).toMatch(/FRIST/);
  const many = await previewDrawing(world.ports, { ...form, codesEach: "9999999", partners: 2 });
  expect(many).toMatchObject({ problems: [], codes: 19_999_998, odds: null, families: null });
  expect(many?.examples).toHaveLength(10);
  const nobody = { ...form, partnerIds: [], partners: 0, codesEach: "x" };
  expect(await previewDrawing(world.ports, nobody)).toMatchObject({ codes: null, problems: [] });
  expect(await previewDrawing(world.ports, { ...form, discountId: "x", partners: 2 })).toBeNull();
});

test("the odds count the shop's codes of that pattern, and partners of one name together", async () => {
  const { world, shop, discountId } = await worldWithBatch();
  const partnerIds = ["10001", "10002"] as PartnerId[];
  const form = { shop, discountId, pattern: "{FIRST}-{RANDOM:6}", codesEach: "50", partnerIds };
  const said = async () => {
    const preview = await previewDrawing(world.ports, { ...form, partners: 2 });
    return preview?.odds?.sentence;
  };
  expect(await said()).toBe("1 guess in 1.28 million hits a code.");
  await world.drain();
  expect(await said()).toBe("1 guess in 1.16 million hits a code.");
  const both = { where: { shop, partnerId: { in: partnerIds } }, data: { name: "Anna Bell" } };
  await world.prisma.partner.updateMany(both);
  expect(await said()).toMatch(/^1 guess in 609,523 hits a code\. Make the random part/);
  const tight = { pattern: "{FIRST}-{RANDOM:1}", codesEach: "6" };
  const refused = await startDrawing(world.ports, { ...form, ...tight, draftKey: "another" });
  expect(refused).toMatchObject({
    problems: [{ field: "pattern", message: expect.stringMatching(/12 are asked for/) }],
  });
});
