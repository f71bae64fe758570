import { expect, test } from "vitest";
import { startDrawing } from "#app/core/batches/start-drawing.ts";
import { changeCodes } from "#app/core/changes/change-codes.ts";
import { assignCode } from "#app/core/codes/assign-code.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import { standOf, startChanging } from "#test/core/given/change-batch.ts";
import { checkCodesNow, repairNow } from "#test/core/given/check-codes-now.ts";
import { ANNA, BEN, codesOf, draw, drawn, familyWorld } from "#test/core/given/family-world.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { withSecondShop } from "#test/core/given/second-shop.ts";
import type { World } from "#test/support/world.ts";

/** Another partner by Anna's first name, whose codes look like hers. */
const OTHER_ANNA = "20000" as PartnerId;
const THEIR_WORDS = /another shop of the same impact\.com account/;

/** Two shops of one program; the first one has a family of two codes of Anna's. */
async function twoShops() {
  const { world, discountId } = await familyWorld(["Anna Two"]);
  const other = await withSecondShop(world);
  const { id: otherDiscountId } = await world.prisma.discount.findFirstOrThrow({
    where: { shop: other.domain },
  });
  const form = { partnerIds: [ANNA], codesEach: "2" };
  const batchId = await drawn(world, discountId, form);
  await world.drain();
  const { codes } = await codesOf(world, batchId);
  const texts = codes.map(({ code }) => code as DiscountCode);
  return { world, other, discountId, otherDiscountId, form, texts };
}

function standing({ account, clock }: World): string[] {
  const now = clock.now();
  return account.promoCodes.flatMap(({ code, type, endsAt }) =>
    type === "RE" && (endsAt === null || endsAt > now) ? [code] : [],
  );
}

test.each([true, false])(
  "codes like those of another shop's family are drawn for nobody else, as families: %s",
  async (asFamilies) => {
    const { world, other, otherDiscountId, texts } = await twoShops();
    const form = { partnerIds: [OTHER_ANNA], codesEach: "2", asFamilies };
    const answer = await draw(other, otherDiscountId, form);
    expect(answer).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringMatching(THEIR_WORDS) as string }],
    });
    for (const secret of [world.domain, ...texts]) {
      expect(JSON.stringify(answer)).not.toContain(secret);
    }
  },
);

test("a family that would match another shop's code is not planned, registered or not", async () => {
  const { world, other, otherDiscountId } = await twoShops();
  const { discountId } = await world.prisma.code.findFirstOrThrow({
    where: { shop: world.domain },
  });
  await world.prisma.code.create({
    data: {
      ...{ shop: world.domain, discountId, code: "BEN10-ACDEFH", createdAt: world.clock.now() },
      ...{ shopifyState: "live", impactState: "planned" },
    },
  });
  expect(await draw(other, otherDiscountId, { partnerIds: [BEN] })).toMatchObject({
    ok: false,
    problems: [{ message: expect.stringMatching(THEIR_WORDS) as string }],
  });
});

test("a code that another shop's family matches is assigned to no other partner", async () => {
  const { world, other } = await twoShops();
  const { shape } = await world.prisma.codeFamily.findFirstOrThrow();
  const code = shape.replaceAll("*", "A") as DiscountCode;
  makeInShopify(other, code, "Same");
  const wish = { shop: other.domain, code, since: null };
  const refused = await assignCode(other.ports, { ...wish, partnerId: BEN });
  expect(refused).toMatchObject({
    ok: false,
    problem: { message: expect.stringMatching(THEIR_WORDS) as string },
  });
  expect(await assignCode(other.ports, { ...wish, partnerId: ANNA })).toMatchObject({ ok: true });
  await other.drain();
  const batchId = await startChanging(other, [code], { kind: "reassign", partnerId: BEN });
  await other.drain();
  expect(await standOf(other, batchId)).toMatchObject({ done: 0, failed: 1 });
});

test("two shops that plan families at once for two partners of one name get one of them", async () => {
  const { world, discountId } = await familyWorld(["Anna Two"]);
  const other = await withSecondShop(world);
  const { id: otherDiscountId } = await world.prisma.discount.findFirstOrThrow({
    where: { shop: other.domain },
  });
  const form = { pattern: "TEA{FIRST}-{RANDOM:6}", codesEach: "2", asFamilies: true };
  const draft = { ...form, draftKey: "at once" };
  const answers = await Promise.all([
    startDrawing(world.ports, { ...draft, shop: world.domain, discountId, partnerIds: [ANNA] }),
    startDrawing(other.ports, {
      ...{ ...draft, shop: other.domain, discountId: otherDiscountId },
      partnerIds: [OTHER_ANNA],
    }),
  ]);
  expect(answers.map((answer) => answer?.ok).toSorted()).toEqual([false, true]);
});

test("a family's registration that two shops use ends with the last code of both", async () => {
  const { world, other, otherDiscountId, form, texts } = await twoShops();
  const batchId = await drawn(other, otherDiscountId, form);
  await other.drain();
  const { codes, states } = await codesOf(other, batchId);
  expect(states).toEqual({ "live, registered": 2 });
  expect(standing(world)).toHaveLength(1);
  await startChanging(world, texts, { kind: "retire" });
  await world.drain();
  expect(standing(world)).toHaveLength(1);
  expect(await world.prisma.codeFamily.count({ where: { shop: world.domain } })).toBe(0);
  await startChanging(
    other,
    codes.map(({ code }) => code),
    { kind: "retire" },
  );
  await other.drain();
  expect(standing(world)).toEqual([]);
});

test("two shops that retire a family's last codes at once end its registration once", async () => {
  const { world, other, otherDiscountId, form, texts } = await twoShops();
  const made = await drawn(other, otherDiscountId, form);
  await other.drain();
  const { codes } = await codesOf(other, made);
  const batchId = await startChanging(world, texts, { kind: "retire" });
  const theirs = codes.map(({ code }) => code);
  const otherBatchId = await startChanging(other, theirs, { kind: "retire" });
  await Promise.all([
    changeCodes(world.ports, { shop: world.domain, batchId }),
    changeCodes(other.ports, { shop: other.domain, batchId: otherBatchId }),
  ]);
  await world.drain();
  expect(await standOf(world, batchId)).toMatchObject({ batch: "done", failed: 0 });
  expect(await standOf(other, otherBatchId)).toMatchObject({ batch: "done", failed: 0 });
  expect(standing(world)).toEqual([]);
  expect(world.impact.requests.filter(({ method }) => method === "DELETE")).toHaveLength(1);
  expect(await world.prisma.codeFamily.count()).toBe(0);
});

test("a repair doesn't end a registration that another shop uses", async () => {
  const { world, other, texts } = await twoShops();
  const [code] = texts;
  const { code: coffee } = await world.prisma.code.findFirstOrThrow({
    where: { shop: other.domain, code: "COFFEE" },
  });
  makeInShopify(world, coffee, "Theirs");
  const wish = { shop: world.domain, code: coffee as DiscountCode, partnerId: ANNA, since: null };
  expect(await assignCode(world.ports, wish)).toMatchObject({ ok: true });
  await world.drain();
  await world.prisma.assignment.updateMany({
    where: { shop: world.domain, code: { code: coffee } },
    data: { partnerId: BEN },
  });
  const differences = await checkCodesNow(world);
  const found = differences.find(({ kind }) => kind === "other-partner-there");
  if (!found) throw new Error(`${code} and others don't differ`);
  expect(await repairNow(world, found, "take-over")).toMatch(THEIR_WORDS);
  expect(world.account.promoCodes.find((one) => one.code === coffee)?.endsAt).toBeNull();
});
