import { expect, test } from "vitest";
import { redrawTaken } from "#app/core/batches/redraw-taken.ts";
import { explainDifference } from "#app/core/code-differences/explain-difference.ts";
import type { DiscountCode } from "#app/core/ids.ts";
import { startChanging, standOf } from "#test/core/given/change-batch.ts";
import { checkCodesNow, inShort, repairNow } from "#test/core/given/check-codes-now.ts";
import { ANNA, codesOf, drawn, familyWorld } from "#test/core/given/family-world.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { codeOf } from "#test/core/given/world-with-codes.ts";
import type { World } from "#test/support/world.ts";

const PATTERN = "{FIRST}-{RANDOM:6}";
const ROTATE = { kind: "rotate", pattern: PATTERN, graceDays: "0" } as const;

/** As if its file had said so. */
async function narrow(world: World, text: string): Promise<void> {
  const { id } = await codeOf(world, text);
  await world.prisma.code.update({ where: { id }, data: { reach: "INVOLVED" } });
  const there = world.account.promoCodes.find(({ code }) => code === text);
  if (there) there.creditPolicy = "INVOLVED";
}

/** Anna's code of a narrower reach, and a family of hers. */
async function worldWithNarrower() {
  const { world, discountId } = await familyWorld();
  await drawn(world, discountId, { pattern: PATTERN, partnerIds: [ANNA] });
  await world.drain();
  await narrow(world, "ANNASOWN");
  return { world, discountId };
}

test("a code of a narrower reach is not rotated into its partner's family, and says why", async () => {
  const { world } = await worldWithNarrower();
  const batchId = await startChanging(world, ["ANNASOWN"], ROTATE);
  await world.drain();
  expect(await standOf(world, batchId)).toMatchObject({ batch: "done", done: 0, failed: 1 });
  const [change] = await world.prisma.change.findMany({ where: { batchId } });
  expect(change?.problem).toMatch(
    /^No new code was drawn, and ANNASOWN stays\. ANNA-\w{6} is one of the codes ANNA-\*{6} that impact\.com credits to Anna Able for every order, so it can't have a narrower reach\. Start the pattern with another word\.$/,
  );
  expect(await codeOf(world, "ANNASOWN")).toMatchObject({ shopifyState: "live" });
  expect(await checkCodesNow(world)).toEqual([]);
});

test("of one partner's codes that are rotated into the family, those that reach every order are", async () => {
  const { world, discountId } = await worldWithNarrower();
  const form = { draftKey: "single", pattern: "TEA-{RANDOM:6}", codesEach: "1", asFamilies: false };
  const single = await drawn(world, discountId, { ...form, partnerIds: [ANNA] });
  await world.drain();
  const [tea] = (await codesOf(world, single)).codes;
  const batchId = await startChanging(world, ["ANNASOWN", tea?.code ?? ""], ROTATE);
  await world.drain();
  expect(await standOf(world, batchId)).toMatchObject({ done: 1, failed: 1 });
  expect(await codeOf(world, "ANNASOWN")).toMatchObject({ shopifyState: "live" });
  expect(await codeOf(world, tea?.code ?? "")).toMatchObject({ shopifyState: "retired" });
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a code of a narrower reach that Shopify has taken is not drawn anew into the family", async () => {
  const { world, discountId } = await worldWithNarrower();
  const { ports, domain: shop } = world;
  const batchId = await drawn(world, discountId, {
    draftKey: "x",
    pattern: PATTERN,
    codesEach: "1",
  });
  await world.drain();
  const batch = await ports.store.batches.find(shop, batchId);
  if (!batch) throw new Error("no batch");
  const { id } = await codeOf(world, "ANNASOWN");
  await world.prisma.code.update({ where: { id }, data: { shopifyState: "planned" } });
  const of = { id, code: "ANNASOWN" as DiscountCode, partnerId: ANNA, problem: "taken" };
  const { failed } = await redrawTaken(ports, batch, [{ ...of, reach: "INVOLVED" }]);
  expect(failed).toEqual([{ codeId: id, problem: "taken" }]);
});

test("a code of a narrower reach that its partner's family matches is found by the check, and can be retired", async () => {
  const { world, discountId } = await familyWorld();
  const form = { pattern: PATTERN, partnerIds: [ANNA], codesEach: "1", asFamilies: false };
  const [one] = (await codesOf(world, await drawnNow(world, discountId, form))).codes;
  const text = one?.code ?? "";
  await narrow(world, text);
  await drawnNow(world, discountId, { draftKey: "family", pattern: PATTERN, partnerIds: [ANNA] });
  const [found, ...others] = await checkCodesNow(world);
  if (!found) throw new Error("nothing differs");
  expect(others).toEqual([]);
  expect(found).toMatchObject({ kind: "family-widens", subject: text });
  const { sentence, repairs } = explainDifference(found, world.clock.now());
  expect(sentence).toBe(
    `${text} of Anna Able is to earn by a credit policy of its own, and at impact.com a code family of theirs, which credits every order, matches it too.`,
  );
  expect(repairs.map(({ repair }) => repair)).toEqual(["retire"]);
  expect(await repairNow(world, found, "retire")).toBeNull();
  expect(await checkCodesNow(world)).toEqual([]);
});

test.each(["^ANNAS.*$", "^ANNASOW[ACDEFHJKMNPRTWXY3479]{1}$"])(
  "an expression of the same partner's, %s, that credits a narrower code for every order is ended by one click",
  async (expression) => {
    const { world } = await worldWithNarrower();
    registerElsewhere(world, expression, ANNA, { type: "RE", creditPolicy: "INVOLVED" });
    expect(await checkCodesNow(world)).toEqual([]);
    const there = world.account.promoCodes.at(-1);
    if (there) there.creditPolicy = "ALWAYS";
    const [found] = await checkCodesNow(world);
    if (!found) throw new Error("nothing differs");
    expect(inShort([found])).toEqual([["expression-widens", expression]]);
    expect(explainDifference(found, world.clock.now()).sentence).toBe(
      `At impact.com Anna Able has the regular expression ${expression}, which credits every order. It matches codes of theirs in “Creators” that are to earn by a credit policy of their own.`,
    );
    expect(await repairNow(world, found, "end-at-impact")).toBeNull();
    expect(await checkCodesNow(world)).toEqual([]);
  },
);

async function drawnNow(world: World, discountId: string, form: Parameters<typeof drawn>[2]) {
  const batchId = await drawn(world, discountId, form);
  await world.drain();
  return batchId;
}
