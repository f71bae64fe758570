import { previewDrawing } from "#app/core/batches/preview-drawing.ts";
import { expect, test } from "vitest";
import { explainDifference } from "#app/core/code-differences/explain-difference.ts";
import { expressionOf, type Shape } from "#app/core/codes/families/family-shape.ts";
import { repairsFor } from "#app/core/code-differences/repairs.ts";
import { checkCodesNow, inShort, repairNow } from "#test/core/given/check-codes-now.ts";
import { registrationOf } from "#test/core/given/drift.ts";
import {
  ANNA,
  BEN,
  codesOf,
  drawn,
  familyWorld,
  registrations,
} from "#test/core/given/family-world.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { codeOf, standingOf } from "#test/core/given/world-with-codes.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

/** Five live codes each for Anna and Ben, registered as families; those of Anna's. */
async function worldWithFamilies() {
  const { world, discountId } = await familyWorld();
  const batchId = await drawn(world, discountId);
  await world.drain();
  const { codes } = await codesOf(world, batchId);
  const annas = codes.filter(({ code }) => code.startsWith("ANNA10-")).map(({ code }) => code);
  const family = await world.prisma.codeFamily.findFirstOrThrow({ where: { partnerId: ANNA } });
  return { world, discountId, annas, family };
}

async function theOne(world: World) {
  const [difference, ...others] = await checkCodesNow(world);
  if (!difference || others.length > 0) throw new Error(JSON.stringify([difference, ...others]));
  return difference;
}

/** Anna's expression at impact.com. */
function annasExpression({ account }: World) {
  const found = account.promoCodes.find(({ code, partnerId, type }) => {
    return type === "RE" && code.startsWith("^ANNA10") && partnerId === ANNA;
  });
  if (!found) throw new Error("no expression");
  return found;
}

test.each(["lost", "ended", "about to end"] as const)(
  "a family that is %s at impact.com is one difference, and one request registers it again",
  async (how) => {
    const { world, annas, family } = await worldWithFamilies();
    const expression = annasExpression(world);
    if (how === "lost") {
      world.account.promoCodes = world.account.promoCodes.filter((one) => one !== expression);
    } else {
      const wait = how === "ended" ? 0 : 90 * 86_400_000;
      expression.endsAt = new Date(world.clock.now().getTime() + wait);
    }
    const found = await theOne(world);
    expect(found).toMatchObject({ kind: "family-lost", subject: family.shape, codes: 5 });
    const before = registrations(world).length;
    expect(await repairNow(world, found, "register-again")).toBeNull();
    expect(registrations(world)).toHaveLength(before + 1);
    expect(await codeOf(world, annas[0] ?? "")).toMatchObject({ impactState: "registered" });
    expect(await checkCodesNow(world)).toEqual([]);
    const order = await buyAndDeliver(world, { codes: [annas[0] ?? ""] });
    await world.drain();
    expect(await standingOf(world, order)).toMatchObject({ reason: "credited" });
  },
);

test.each(["another credit policy", "inactive without an end"] as const)(
  "a family that stands with %s is registered again by one click, and not found once more",
  async (how) => {
    const { world, family } = await worldWithFamilies();
    const expression = annasExpression(world);
    if (how === "another credit policy") expression.creditPolicy = "INVOLVED";
    else expression.isInactive = true;
    const found = await theOne(world);
    expect(found).toMatchObject({ kind: "family-lost", subject: family.shape });
    const before = registrations(world).length;
    expect(await repairNow(world, found, "register-again")).toBeNull();
    expect(registrations(world)).toHaveLength(before + 1);
    expect(await checkCodesNow(world)).toEqual([]);
  },
);

test("a family that stands again is not told to impact.com a second time", async () => {
  const { world } = await worldWithFamilies();
  const expression = annasExpression(world);
  world.account.promoCodes = world.account.promoCodes.filter((one) => one !== expression);
  const found = await theOne(world);
  world.account.promoCodes.push(expression);
  expect(await repairNow(world, found, "register-again")).toMatch(/changed since it was found/);
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a family whose registration nobody is about to make is one difference", async () => {
  const { world, family } = await worldWithFamilies();
  const { prisma, account } = world;
  const planned = { state: "planned", promoCodeId: null, registeredAt: null };
  await prisma.codeFamily.update({ where: { id: family.id }, data: planned });
  await prisma.code.updateMany({
    where: { familyId: family.id },
    data: { impactState: "planned", registeredAt: null },
  });
  world.clock.pass(2 * 86_400_000);
  expect(inShort(await checkCodesNow(world))).toEqual([["family-lost", family.shape]]);
  const standing = account.promoCodes.length;
  expect(await repairNow(world, await theOne(world), "register-again")).toBeNull();
  expect(account.promoCodes).toHaveLength(standing);
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a discount that ended leaves one difference for all its families' codes, which retiring ends", async () => {
  const { world, discountId } = await worldWithFamilies();
  const { prisma, shop, clock } = world;
  for (const discount of shop.discounts.values()) discount.endsAt = clock.now();
  const endsAt = clock.now();
  await prisma.discount.update({ where: { id: discountId }, data: { endsAt } });
  await prisma.code.deleteMany({ where: { code: "ANNASOWN" } });
  clock.pass(60_000);
  const differences = await checkCodesNow(world);
  const found = differences.find(({ kind }) => kind === "discount-ended");
  expect(found).toMatchObject({ codes: 10, familyCodes: 10, familyEndings: 2 });
  if (!found) throw new Error("nothing differs");
  const { repairs } = explainDifference(found, clock.now());
  expect(repairs.map(({ plan }) => plan.atImpact)).toEqual([
    "Their registrations end. 10 of them are codes of families: a family's registration ends when its last code is retired, and 2 families lose the last one here. What was earned stays.",
  ]);
  expect(differences.filter(({ kind }) => kind === "ends-differ")).toEqual([]);
  expect(await repairNow(world, found, "retire")).toBeNull();
  expect(annasExpression(world).endsAt).not.toBeNull();
});

test("where a partner's contract has ended, retiring says how many families end, and ends them", async () => {
  const { world } = await worldWithFamilies();
  for (const contract of world.account.contracts) {
    if (contract.partnerId === ANNA) contract.endsAt = world.clock.now();
  }
  const found = await theOne(world);
  expect(found).toMatchObject({
    kind: "contract-ended",
    codes: 6,
    familyCodes: 5,
    familyEndings: 1,
  });
  const { repairs } = explainDifference(found, world.clock.now());
  expect(repairs[0]?.plan.atImpact).toMatch(/5 of them are codes of families.*1 family loses/);
  expect(await repairNow(world, found, "retire")).toBeNull();
  expect(annasExpression(world).endsAt).not.toBeNull();
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a family without codes is found, and its registration ended", async () => {
  const { world, family } = await worldWithFamilies();
  const { prisma, shop } = world;
  await prisma.code.updateMany({
    where: { familyId: family.id },
    data: { shopifyState: "retired", impactState: "expired" },
  });
  await prisma.assignment.updateMany({
    where: { code: { familyId: family.id } },
    data: { endsAt: world.clock.now() },
  });
  for (const code of shop.codes.keys()) if (code.startsWith("ANNA10-")) shop.codes.delete(code);
  const found = await theOne(world);
  expect(found).toMatchObject({ kind: "family-unused", subject: family.shape });
  expect(await repairNow(world, found, "end-at-impact")).toBeNull();
  expect(annasExpression(world).endsAt).not.toBeNull();
  expect(await prisma.codeFamily.count({ where: { partnerId: ANNA } })).toBe(0);
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a code that another partner's family matches at impact.com is found, and ended there", async () => {
  const { world, family } = await worldWithFamilies();
  const code = family.shape.replaceAll("*", "A");
  registerElsewhere(world, code, BEN);
  const found = await theOne(world);
  expect(found).toMatchObject({
    ...{ kind: "two-partners-there", subject: code },
    ...{ ourPartnerId: ANNA, theirPartnerId: BEN },
  });
  const { sentence } = explainDifference(found, world.clock.now());
  expect(sentence).toBe(
    `impact.com has ${code} registered to Ben Baker, and a code family of Anna Able matches it too.`,
  );
  expect(await repairNow(world, found, "end-at-impact")).toBeNull();
  expect(registrationOf(world, code)).toBeNull();
  expect(await checkCodesNow(world)).toEqual([]);
});

test("our own code that a foreign expression matches is found, and can be retired", async () => {
  const { world } = await worldWithFamilies();
  registerElsewhere(world, expressionOf("ANNASOW*" as Shape), BEN, { type: "RE" });
  const found = await theOne(world);
  expect(found).toMatchObject({ kind: "two-partners-there", subject: "ANNASOWN" });
  expect(await repairNow(world, found, "retire")).toBeNull();
  expect(registrationOf(world, "ANNASOWN")).toBeNull();
  expect(await checkCodesNow(world)).toEqual([]);
});

test("an expression made by hand that matches a live code is found by its text, and so is one that nobody can read", async () => {
  const { world } = await worldWithFamilies();
  registerElsewhere(world, "^annas.*$", BEN, { type: "RE" });
  registerElsewhere(world, "^ANNAS.+", ANNA, { type: "RE" });
  registerElsewhere(world, "^(?!BEN)", ANNA, { type: "RE" });
  const found = await checkCodesNow(world);
  expect(found.map((one) => explainDifference(one, world.clock.now()).sentence)).toEqual([
    "At impact.com Ben Baker has the regular expression ^annas.*$. It matches codes of Anna Able in “Creators” that customers can use.",
    "At impact.com Anna Able has the regular expression ^(?!BEN). We can't read it: look at it yourself.",
  ]);
  const discountId = found[0]?.discountId ?? "";
  const asked = { pattern: "{FIRST}-{RANDOM:6}", codesEach: "1", partnerIds: [ANNA], partners: 1 };
  const preview = await previewDrawing(world.ports, { shop: world.domain, discountId, ...asked });
  expect(preview?.unread).toMatch(/can't read.+: \^\(\?!BEN\) of Anna Able\. Look yourself/);
  for (const one of found) expect(await repairNow(world, one, "end-at-impact")).toBeNull();
  expect(await checkCodesNow(world)).toEqual([]);
});

test("nothing that ends a registration which stands for other codes is offered for one of them", () => {
  const shared = { codeId: "c1", isSayable: true, isShared: true, ourPartnerId: ANNA };
  const standing = { ...shared, promoCodeId: "p1" };
  expect(repairsFor({ ...standing, kind: "ends-differ" })).toEqual(["retire"]);
  expect(repairsFor({ ...standing, kind: "other-partner-there" })).toEqual(["keep-theirs"]);
  const ended = { ...shared, promoCodeId: null };
  expect(repairsFor({ ...ended, kind: "ends-differ" })).toEqual(["register-again"]);
});
