import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { startDrawing } from "#app/core/batches/start-drawing.ts";
import { assignCode } from "#app/core/codes/assign-code.ts";
import { createDiscount } from "#app/core/codes/create-discount.ts";
import { readPartner } from "#app/core/hand-outs/read-partner.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import { readUploadCheck } from "#app/core/uploads/read-upload-check.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { checkLines, worldWithDiscount } from "#test/core/given/upload-csv.ts";
import { codeOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { draftFor, makeDiscount } from "#test/support/merchant.ts";
import type { World } from "#test/support/world.ts";

// One code for many partners: every way there is to come to it, and the sentence a merchant reads.

const ANNA = "10001" as PartnerId;
const BEN = "10002" as PartnerId;

/** Sends a New discount form of its own; gives what it says of each code, nothing where it is made. */
async function sendForm({ ports, domain: shop }: World, codes: [string, string][]) {
  const draft = draftFor(codes, { title: `Of ${codes.map(([id]) => id).join()}` });
  const made = await createDiscount(ports, { shop, draftKey: randomUUID(), draft });
  return made.ok ? [] : made.codes.map(({ problem }) => problem);
}

async function assign({ ports, domain: shop }: World, code: string, partnerId: PartnerId) {
  const wish = { shop, code: code as DiscountCode, partnerId, since: null };
  const assigned = await assignCode(ports, wish);
  return assigned.ok ? null : assigned.problem.message;
}

/** No code may have two partners at once, whatever a test did. */
async function expectOnePartnerEach({ prisma }: World): Promise<void> {
  const open = await prisma.assignment.findMany({ where: { endsAt: null } });
  expect(new Set(open.map(({ codeId }) => codeId)).size).toBe(open.length);
  const codes = await prisma.code.findMany();
  expect(new Set(codes.map(({ code }) => code)).size).toBe(codes.length);
}

test("typed for two partners in one form, a code is refused at the second, whatever its case", async () => {
  const world = await worldWithCodes();
  expect(
    await sendForm(world, [
      [ANNA, "SHARED-K3M9PX"],
      [BEN, "shared-k3m9px"],
    ]),
  ).toEqual([null, "This code stands here twice. Give each partner a code of their own."]);
  await expectOnePartnerEach(world);
});

test("typed for two partners in two forms sent at once, a code is one partner's", async () => {
  const world = await worldWithCodes();
  const said = await Promise.all([
    sendForm(world, [[ANNA, "SHARED-K3M9PX"]]),
    sendForm(world, [[BEN, "SHARED-K3M9PX"]]),
  ]);
  const { partner } = await codeOf(world, "SHARED-K3M9PX");
  expect(said.flat()).toEqual([
    `SHARED-K3M9PX is one of your codes already and belongs to ${partner?.name}. Choose another.`,
  ]);
  await expectOnePartnerEach(world);
});

test("uploaded for two partners, or for another than has it, a code is a wrong row", async () => {
  const { world, discountId } = await worldWithDiscount();
  const lines = ["Code,Partner", "TEA-K3M9PX,10001", "tea-k3m9px,10002", "ANNA10,10002"];
  const uploadId = await checkLines(world, discountId, lines);
  const check = await readUploadCheck(world.ports, { shop: world.domain, uploadId });
  expect(check?.upload.counts).toMatchObject({ new: 1, wrong: 2 });
  expect(check?.wrong.flatMap(({ problems }) => problems.map(({ message }) => message))).toEqual([
    "TEA-K3M9PX stands in row 2 already; upper and lower case are the same. Delete one of the two rows.",
    "ANNA10 belongs to Anna Able (10001). To give it to another partner, reassign it on the Codes page.",
  ]);
});

test("drawn for two partners at once out of few codes, no code is drawn twice", async () => {
  const { world, discountId } = await worldWithDiscount();
  const drawFor = (partnerId: PartnerId) =>
    startDrawing(world.ports, {
      ...{ shop: world.domain, discountId, draftKey: randomUUID(), pattern: "TEA{RANDOM:2}" },
      ...{ codesEach: "100", partnerIds: [partnerId] },
    });
  const answers = await Promise.all([drawFor(ANNA), drawFor(BEN)]);
  expect(answers.map((answer) => answer?.ok)).toEqual([true, true]);
  await world.drain(600_000);
  expect(await world.prisma.code.count({ where: { code: { startsWith: "TEA" } } })).toBe(200);
  await expectOnePartnerEach(world);
});

test("assigned while another partner has it, or by two at once, a code stays with one", async () => {
  const world = await worldWithCodes();
  expect(await assign(world, "ANNA10", BEN)).toBe(
    "ANNA10 belongs to Anna Able already. A code has one partner at a time.",
  );
  makeInShopify(world, "PODCAST15", "Podcast");
  const said = await Promise.all([
    assign(world, "PODCAST15", ANNA),
    assign(world, "PODCAST15", BEN),
  ]);
  const { partner } = await codeOf(world, "PODCAST15");
  expect(said.filter((problem) => problem !== null)).toEqual([
    `PODCAST15 belongs to ${partner?.name} already. A code has one partner at a time.`,
  ]);
  await expectOnePartnerEach(world);
});

test("registered to another partner at impact.com, a code is not taken in for this one", async () => {
  const world = await worldWithCodes();
  makeInShopify(world, "PODCAST15", "Podcast");
  registerElsewhere(world, "PODCAST15", BEN);
  expect(await assign(world, "PODCAST15", ANNA)).toBe(
    "PODCAST15 is registered to Ben Baker at impact.com. Expire it there first.",
  );
});

test("registered to another partner while it is being made, a code fails and is not handed out", async () => {
  const world = await worldWithCodes();
  await makeDiscount(world, draftFor([[ANNA, "LATE-K3M9PX"]]));
  registerElsewhere(world, "LATE-K3M9PX", BEN);
  await world.drain();
  const { impactState, impactProblem } = await codeOf(world, "LATE-K3M9PX");
  expect({ impactState, impactProblem }).toEqual({
    impactState: "failed",
    impactProblem: expect.stringContaining("registered to Ben Baker at impact.com") as string,
  });
  const asked = { shop: world.domain, partnerId: ANNA, beside: null };
  const page = await readPartner(world.ports, asked);
  expect(page?.codes.map(({ code, notReady }) => [code, notReady])).toEqual([
    ["ANNA10", null],
    [
      "LATE-K3M9PX",
      "Not ready to hand out yet: impact.com refused to register it. The Problems page says why.",
    ],
  ]);
});

test("past every check, the database takes neither a code twice nor a second partner for it", async () => {
  const world = await worldWithCodes();
  const { prisma, domain: shop } = world;
  const { id: codeId, discountId } = await codeOf(world, "ANNA10");
  const now = world.clock.now();
  const second = { shop, codeId, partnerId: BEN, startsAt: now };
  await expect(prisma.assignment.create({ data: second })).rejects.toThrow(/Unique constraint/);
  const again = { shop, discountId, code: "ANNA10", shopifyState: "live", impactState: "planned" };
  const twice = prisma.code.create({ data: { ...again, createdAt: now } });
  await expect(twice).rejects.toThrow(/Unique constraint/);
});
