import { expect, test } from "vitest";
import { explainDifference } from "#app/core/code-differences/explain-difference.ts";
import { expressionOf, type Shape } from "#app/core/codes/families/family-shape.ts";
import { checkCodesNow, inShort, repairNow } from "#test/core/given/check-codes-now.ts";
import { ANNA, BEN, codesOf, drawn, familyWorld } from "#test/core/given/family-world.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { withSecondShop } from "#test/core/given/second-shop.ts";
import { standingOf } from "#test/core/given/world-with-codes.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

/** Five live codes each for Anna and Ben, registered as families; one of Anna's, and her family. */
async function worldWithFamilies() {
  const { world, discountId } = await familyWorld();
  const batchId = await drawn(world, discountId);
  await world.drain();
  const { codes } = await codesOf(world, batchId);
  const code = codes.find((one) => one.code.startsWith("ANNA10-"))?.code ?? "";
  const family = await world.prisma.codeFamily.findFirstOrThrow({ where: { partnerId: ANNA } });
  return { world, code, family };
}

/** Somebody registered it before Anna's own, so that impact.com pays by it. */
function registerFirst(world: World, expression: string, partnerId: string) {
  registerElsewhere(world, expression, partnerId, { type: "RE" });
  const added = world.account.promoCodes.pop();
  if (added) world.account.promoCodes.unshift(added);
}

/** The family's own expression, or one of some of its codes alone. */
const SECOND = {
  "the same": ({ shape }: { shape: string }) => expressionOf(shape as Shape),
  "a narrower": ({ shape }: { shape: string }, code: string) =>
    expressionOf(shape.replace("-*", `-${code.charAt("ANNA10-".length)}`) as Shape),
};

test.each(["the same", "a narrower"] as const)(
  "%s expression of another partner that matches a family's codes is one difference, ended by one click",
  async (which) => {
    const { world, code, family } = await worldWithFamilies();
    const expression = SECOND[which](family, code);
    registerFirst(world, expression, BEN);
    const found = await checkCodesNow(world);
    expect(inShort(found)).toEqual([["expression-matches", expression]]);
    const [explained] = found.map((one) => explainDifference(one, world.clock.now()));
    expect(explained?.sentence).toBe(
      `At impact.com Ben Baker has the regular expression ${expression}. It matches codes of Anna Able in “Creators” that customers can use.`,
    );
    expect(explained?.repairs).toEqual([
      {
        repair: "end-at-impact",
        plan: {
          inShopify: null,
          atImpact: `The registration of ${expression} to Ben Baker ends now. What it has earned stays.`,
          here: "Whatever other codes it stands for earn nobody then.",
        },
      },
    ]);
    for (const one of found) expect(await repairNow(world, one, "end-at-impact")).toBeNull();
    expect(await checkCodesNow(world)).toEqual([]);
    const order = await buyAndDeliver(world, { codes: [code] });
    await world.drain();
    expect(await standingOf(world, order)).toMatchObject({ reason: "credited" });
  },
);

test.each(["the same", "a narrower"] as const)(
  "%s expression of the same partner that matches a family's codes is found, and the family's own goes on",
  async (which) => {
    const { world, code, family } = await worldWithFamilies();
    const expression = SECOND[which](family, code);
    registerFirst(world, expression, ANNA);
    const found = await checkCodesNow(world);
    expect(inShort(found)).toEqual([["family-twice", expression]]);
    const [explained] = found.map((one) => explainDifference(one, world.clock.now()));
    expect(explained?.sentence).toBe(
      `At impact.com Anna Able has the regular expression ${expression}, beside the registration of a code family of theirs that matches the same codes.`,
    );
    expect(explained?.repairs[0]?.plan).toMatchObject({
      atImpact: `The second registration of ${expression} to Anna Able ends now. What it has earned stays.`,
      here: "The family's own registration goes on, and its codes earn as before. Whatever other codes the expression stands for earn nobody then.",
    });
    for (const one of found) expect(await repairNow(world, one, "end-at-impact")).toBeNull();
    expect(await checkCodesNow(world)).toEqual([]);
    const own = world.account.promoCodes.find(({ id }) => id === family.promoCodeId);
    expect(own?.endsAt).toBeNull();
  },
);

test("a family's second registration is not ended once it is the only one", async () => {
  const { world, family } = await worldWithFamilies();
  registerFirst(world, SECOND["the same"](family), ANNA);
  const [found] = await checkCodesNow(world);
  const own = world.account.promoCodes.find(({ id }) => id === family.promoCodeId);
  if (!found || !own) throw new Error("nothing differs");
  own.endsAt = world.clock.now();
  expect(await repairNow(world, found, "end-at-impact")).toMatch(/changed since it was found/);
  expect(inShort(await checkCodesNow(world))).toEqual([["family-lost", family.shape]]);
});

test("an overlapping family of the partner's in another shop of the program is no second registration", async () => {
  const { world } = await worldWithFamilies();
  const other = await withSecondShop(world);
  const { id } = await world.prisma.discount.findFirstOrThrow({ where: { shop: other.domain } });
  const narrower = { pattern: "{FIRST}{VALUE}-{RANDOM:5}B", partnerIds: [ANNA] };
  await drawn(other, id, { draftKey: "elsewhere", ...narrower });
  await other.drain();
  expect(await checkCodesNow(world)).toEqual([]);
});
