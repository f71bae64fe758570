import { expect, test } from "vitest";
import { assignCode } from "#app/core/codes/assign-code.ts";
import type { DiscountCode } from "#app/core/ids.ts";
import { beginToAdopt, discountByHand, readToAdopt } from "#test/core/given/adopting.ts";
import { standOf, startChanging } from "#test/core/given/change-batch.ts";
import { checkCodesNow, repairNow } from "#test/core/given/check-codes-now.ts";
import { ANNA, BEN, draw, drawn, familyWorld } from "#test/core/given/family-world.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { codeOf, standingOf } from "#test/core/given/world-with-codes.ts";
import { defaultRules } from "#test/sandbox/impact/rules.ts";
import { whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

/** Both readings of which registration a code means that two fit. */
const READINGS = ["exact first", "expression first"] as const;

/** One of Anna's codes with a registration of its own, which her later family matches too. */
async function matchedCode(bothFit: (typeof READINGS)[number] = "exact first") {
  const { world, discountId } = await familyWorld();
  world.impactState.rules = { ...defaultRules, bothFit };
  await drawn(world, discountId, { asFamilies: false, draftKey: "single", codesEach: "1" });
  await world.drain();
  await drawn(world, discountId, { draftKey: "families" });
  await world.drain();
  return { world, discountId, code: await codeWithoutFamily(world) };
}

async function codeWithoutFamily({ prisma }: World): Promise<string> {
  const where = { code: { startsWith: "ANNA10-" }, familyId: null };
  return (await prisma.code.findFirstOrThrow({ where })).code;
}

test.each(READINGS)(
  "a code that its partner's family matches is given to nobody else, and earns its partner: %s",
  async (bothFit) => {
    const { world, code } = await matchedCode(bothFit);
    const batchId = await startChanging(world, [code], { kind: "reassign", partnerId: BEN });
    await world.drain();
    expect(await standOf(world, batchId)).toMatchObject({ done: 0, failed: 1 });
    const [change] = await world.prisma.change.findMany({ where: { batchId } });
    expect(change?.problem).toMatch(/credits to Anna.*Retire it, and make the new partner another/);
    world.clock.pass(60_000);
    const order = await buyAndDeliver(world, { codes: [code] });
    await world.drain();
    expect(await standingOf(world, order)).toMatchObject({ reason: "credited" });
    expect(whoWasPaid(world.impactState, order)).toMatchObject({ partnerId: ANNA });
  },
);

test("adopted codes that a family matches are registered by themselves where they were registered, or are older", async () => {
  const { world, discountId } = await familyWorld();
  const { prisma, account, clock } = world;
  await drawn(world, discountId);
  await world.drain();
  registerElsewhere(world, "ANNA10-HFEDCA", ANNA);
  const adopt = async (code: string, draftKey: string, since: Date | null) => {
    const adoptionId = await readToAdopt(
      world,
      [discountByHand(world, draftKey, [code])],
      draftKey,
    );
    await beginToAdopt(world, adoptionId, since);
    await world.drain();
    return codeOf(world, code);
  };
  const before = new Date(clock.now().getTime() - 30 * 86_400_000);
  expect(await adopt("ANNA10-ACDEFH", "before", before)).toMatchObject({
    ...{ familyId: null, impactState: "registered" },
  });
  expect(account.promoCodes.map(({ code }) => code)).toContain("ANNA10-ACDEFH");
  clock.pass(60_000);
  expect(await adopt("ANNA10-HFEDCA", "registered", null)).toMatchObject({
    ...{ familyId: null, impactState: "registered", impactPromoCodeId: "elsewhere-ANNA10-HFEDCA" },
  });
  const told = account.promoCodes.length;
  const joined = await adopt("ANNA10-CADEFH", "since now", null);
  expect(joined).toMatchObject({ impactState: "registered" });
  expect(joined.familyId).not.toBeNull();
  expect(account.promoCodes).toHaveLength(told);
  expect(await prisma.codeFamily.count()).toBe(2);
});

test("a code that somebody's expression matches is assigned to nobody else, and who has it is said", async () => {
  const { world } = await familyWorld();
  registerElsewhere(world, "^SUMMER\\d+$", BEN, { type: "RE" });
  const code = "SUMMER26" as DiscountCode;
  makeInShopify(world, code, "Sale");
  const wish = { shop: world.domain, code, since: null };
  expect(await assignCode(world.ports, { ...wish, partnerId: ANNA })).toMatchObject({
    ok: false,
    problem: {
      message: expect.stringMatching(/\^SUMMER.+ of Ben Baker matches SUMMER26/) as string,
    },
  });
  expect(await assignCode(world.ports, { ...wish, partnerId: BEN })).toMatchObject({ ok: true });
});

test("no family is planned that would match a code which is changing hands", async () => {
  const { world, discountId } = await familyWorld();
  await drawn(world, discountId, { asFamilies: false, draftKey: "single", codesEach: "1" });
  await world.drain();
  const code = await codeWithoutFamily(world);
  world.impact.faults.failNext(1, 503, ({ method }) => method === "DELETE");
  const batchId = await startChanging(world, [code], { kind: "reassign", partnerId: BEN });
  await world.drain(1_000);
  expect(await standOf(world, batchId)).toMatchObject({ open: 1 });
  expect(await draw(world, discountId, { draftKey: "families" })).toMatchObject({
    ok: false,
    problems: [{ message: expect.stringContaining(`match ${code}, a code of Ben`) as string }],
  });
  await world.drain();
  expect(await standOf(world, batchId)).toMatchObject({ batch: "done", done: 1 });
});

test("a code that its partner's family matches does not follow a registration to another partner", async () => {
  const { world, code } = await matchedCode();
  for (const one of world.account.promoCodes) {
    if (one.code === code) one.endsAt = world.clock.now();
  }
  registerElsewhere(world, code, BEN);
  world.clock.pass(60_000);
  const [difference] = await checkCodesNow(world);
  expect(difference).toMatchObject({ kind: "other-partner-there", subject: code });
  if (!difference) throw new Error("nothing differs");
  expect(await repairNow(world, difference, "keep-theirs")).toMatch(/credits to Anna/);
  expect(await codeOf(world, code)).toMatchObject({ partner: { partnerId: ANNA } });
});

test.each(READINGS)(
  "a code made in Shopify that its partner's family matches earns that partner: %s",
  async (bothFit) => {
    const { world } = await matchedCode(bothFit);
    const { shape } = await world.prisma.codeFamily.findFirstOrThrow({
      where: { partnerId: ANNA },
    });
    const code = shape.replaceAll("*", "A") as DiscountCode;
    makeInShopify(world, code, "Same");
    const wish = { shop: world.domain, code, partnerId: ANNA, since: null };
    expect(await assignCode(world.ports, wish)).toMatchObject({ ok: true });
    await world.drain();
    const order = await buyAndDeliver(world, { codes: [code] });
    await world.drain();
    expect(whoWasPaid(world.impactState, order)).toMatchObject({ partnerId: ANNA });
    const batchId = await startChanging(world, [code], { kind: "reassign", partnerId: BEN });
    await world.drain();
    expect(await standOf(world, batchId)).toMatchObject({ done: 0, failed: 1 });
  },
);
