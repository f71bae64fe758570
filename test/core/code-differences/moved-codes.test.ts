import { expect, test } from "vitest";
import { resumeBatch } from "#app/core/batches/resume-batch.ts";
import { startRepairs } from "#app/core/code-differences/repair-all.ts";
import { explainDifference } from "#app/core/code-differences/explain-difference.ts";
import { startChanging, standOf } from "#test/core/given/change-batch.ts";
import {
  checkCodesNow,
  inShort,
  listDifferences,
  repairNow,
} from "#test/core/given/check-codes-now.ts";
import {
  addInShopify,
  deleteInShopify,
  discountWith,
  ourCode,
  registrationOf,
  removeInShopify,
} from "#test/core/given/drift.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { codeOf, standingOf } from "#test/core/given/world-with-codes.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import { deliverAll, staffOf } from "#test/support/shopify-staff.ts";
import { createWorld, type World } from "#test/support/world.ts";

const DAY_MS = 86_400_000;

/** ANNA10 and BEN10 are of “Creators”, which ends; OTHER50 is of “Half off”, which does not. */
async function twoDiscounts(endsOn = "2026-11-30"): Promise<World> {
  const world = await createWorld();
  await setUpProgram(world);
  const partners: [string, string][] = [
    ["10001", "ANNA10"],
    ["10002", "BEN10"],
  ];
  await makeDiscount(world, draftFor(partners, { title: "Creators", endsOn }));
  await world.drain();
  const half = draftFor([["10001", "OTHER50"]], { title: "Half off", value: "50" });
  await makeDiscount(world, half);
  await world.drain();
  return world;
}

/** Somebody takes it from its discount in Shopify's admin and adds it to that one. */
function move(world: World, code: string, to: string): void {
  const target = discountWith(world, to);
  removeInShopify(world, code);
  addInShopify(world, target, code);
}

async function theOne(world: World) {
  const [difference, ...others] = await checkCodesNow(world);
  if (!difference || others.length > 0) throw new Error(JSON.stringify([difference, ...others]));
  return difference;
}

const halfOffOf = ({ prisma }: World) =>
  prisma.discount.findFirstOrThrow({ where: { title: "Half off" } });

test("a code that was moved to another managed discount is of that one, and is registered until its end", async () => {
  const world = await twoDiscounts();
  const before = registrationOf(world, "ANNA10");
  move(world, "ANNA10", "OTHER50");
  const found = await theOne(world);
  const { id: discountId } = await halfOffOf(world);
  expect(found).toMatchObject({ kind: "in-other-discount", subject: "ANNA10", discountId });
  const { sentence, repairs } = explainDifference(found, world.clock.now());
  expect(sentence).toContain("ANNA10 of Anna Able is a code of “Half off” in Shopify");
  expect(repairs).toMatchObject([
    {
      repair: "follow-discount",
      plan: {
        inShopify: null,
        atImpact: expect.stringContaining("anew, until “Half off” ends") as string,
        here: expect.stringContaining("counts as a code of “Half off” from now on") as string,
      },
    },
  ]);
  expect(await repairNow(world, found, "follow-discount")).toBeNull();
  expect(await codeOf(world, "ANNA10")).toMatchObject({
    ...{ discountId, impactState: "registered", partner: { partnerId: "10001" } },
  });
  expect(before?.endsAt).toEqual(world.clock.now());
  expect(registrationOf(world, "ANNA10")).toMatchObject({ endsAt: null });
  expect(await checkCodesNow(world)).toEqual([]);
  world.clock.pass(12 * DAY_MS);
  const order = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await world.drain();
  expect(await standingOf(world, order)).toMatchObject({ reason: "credited" });
});

test("a code that was moved before its first discount ended earns again once it is of the other", async () => {
  const world = await twoDiscounts();
  move(world, "ANNA10", "OTHER50");
  world.clock.pass(12 * DAY_MS);
  const found = (await checkCodesNow(world)).find(({ subject }) => subject === "ANNA10");
  expect(found?.kind).toBe("in-other-discount");
  expect(await repairNow(world, found!, "follow-discount")).toBeNull();
  const order = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await world.drain();
  expect(await standingOf(world, order)).toMatchObject({ reason: "credited" });
});

test("a move in Shopify's admin is found by the webhooks it brings, as one difference", async () => {
  const world = await twoDiscounts();
  const staff = staffOf(world);
  const [creators, half] = ["ANNA10", "OTHER50"].map((code) => discountWith(world, code));
  world.clock.pass(120_000);
  await deliverAll(world, staff.removeCode(creators!, "ANNA10"));
  await deliverAll(world, staff.addCodes(half!, ["ANNA10"]));
  await world.drain(600_000);
  expect(inShort(await listDifferences(world))).toEqual([["in-other-discount", "ANNA10"]]);
});

test("a registration that runs as long as the other discount stays as it is", async () => {
  const world = await twoDiscounts("");
  const before = registrationOf(world, "ANNA10");
  move(world, "ANNA10", "OTHER50");
  const found = await theOne(world);
  const [repair] = explainDifference(found, world.clock.now()).repairs;
  expect(repair?.plan.atImpact).toContain("stays");
  expect(await repairNow(world, found, "follow-discount")).toBeNull();
  expect(registrationOf(world, "ANNA10")).toBe(before);
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a code that was moved to a discount that is not managed is found, and that one is managed then", async () => {
  const world = await twoDiscounts();
  makeInShopify(world, "SUN", "Summer");
  move(world, "ANNA10", "SUN");
  const found = await theOne(world);
  expect(found).toMatchObject({ kind: "in-other-discount", subject: "ANNA10", discountId: null });
  const { sentence } = explainDifference(found, world.clock.now());
  expect(sentence).toContain("a discount that is not managed here");
  expect(await repairNow(world, found, "follow-discount")).toBeNull();
  const summer = await world.prisma.discount.findFirstOrThrow({ where: { title: "Summer" } });
  expect(await ourCode(world, "ANNA10")).toMatchObject({
    ...{ discountId: summer.id, impactState: "registered" },
  });
  expect(registrationOf(world, "ANNA10")).toMatchObject({ endsAt: null });
  expect(inShort(await checkCodesNow(world))).toEqual([["only-in-shopify", "SUN"]]);
});

test("a code whose discount was deleted and that was added to another is found there", async () => {
  const world = await twoDiscounts();
  deleteInShopify(world, discountWith(world, "BEN10"));
  addInShopify(world, discountWith(world, "OTHER50"), "ANNA10");
  expect(inShort(await checkCodesNow(world))).toContainEqual(["in-other-discount", "ANNA10"]);
});

test("a code that is back in its discount by now stays there", async () => {
  const world = await twoDiscounts();
  move(world, "ANNA10", "OTHER50");
  const found = await theOne(world);
  move(world, "ANNA10", "BEN10");
  expect(await repairNow(world, found, "follow-discount")).toContain("Check again");
  expect(await checkCodesNow(world)).toEqual([]);
});

test("another partner's registration of a moved code is left alone, and found next", async () => {
  const world = await twoDiscounts();
  const hers = registrationOf(world, "ANNA10");
  if (hers) hers.endsAt = world.clock.now();
  registerElsewhere(world, "ANNA10", "10002");
  const bens = registrationOf(world, "ANNA10");
  move(world, "ANNA10", "OTHER50");
  expect(await repairNow(world, await theOne(world), "follow-discount")).toBeNull();
  expect(bens?.endsAt).toBeNull();
  expect(inShort(await checkCodesNow(world))).toEqual([["other-partner-there", "ANNA10"]]);
});

test("of many moved codes all follow, also where one is nobody's", async () => {
  const world = await twoDiscounts();
  await world.prisma.assignment.deleteMany({ where: { code: { code: "ANNA10" } } });
  const annas = registrationOf(world, "ANNA10");
  if (annas) annas.endsAt = world.clock.now();
  const untold = { impactState: "planned", impactPromoCodeId: null };
  await world.prisma.code.updateMany({ where: { code: "ANNA10" }, data: untold });
  for (const code of ["ANNA10", "BEN10"]) move(world, code, "OTHER50");
  expect(await checkCodesNow(world)).toHaveLength(2);
  const wish = { kind: "in-other-discount", repair: "follow-discount" } as const;
  await startRepairs(world.ports, { shop: world.domain, ...wish });
  await world.drain();
  const { id: discountId } = await halfOffOf(world);
  expect(await ourCode(world, "ANNA10")).toMatchObject({ discountId, impactState: "planned" });
  expect(await ourCode(world, "BEN10")).toMatchObject({ discountId, impactState: "registered" });
});

test.each(["retire", "rotate"] as const)(
  "a code that opens another discount is not done with when it is to %s, and the other codes are",
  async (kind) => {
    const world = await twoDiscounts("");
    move(world, "ANNA10", "OTHER50");
    const batch = await startChanging(world, ["ANNA10", "BEN10"], { kind });
    await world.drain();
    expect(await standOf(world, batch)).toMatchObject({ done: 1, failed: 1 });
    const { problem } = await world.prisma.change.findFirstOrThrow({ where: { state: "failed" } });
    expect(problem).toContain("ANNA10 is a code of “Half off” in Shopify by now");
    expect(await ourCode(world, "ANNA10")).toMatchObject({ shopifyState: "live" });
    expect(world.shop.codes.has("BEN10")).toBe(false);
    const found = (await checkCodesNow(world)).find(({ subject }) => subject === "ANNA10");
    expect(await repairNow(world, found!, "follow-discount")).toBeNull();
    await resumeBatch(world.ports, { shop: world.domain, batchId: batch });
    await world.drain();
    expect(await standOf(world, batch)).toMatchObject({ batch: "done", done: 2, failed: 0 });
    expect(world.shop.codes.has("ANNA10")).toBe(false);
  },
);

test("a code of a deleted discount that opens another one is not retired as gone", async () => {
  const world = await twoDiscounts();
  deleteInShopify(world, discountWith(world, "BEN10"));
  addInShopify(world, discountWith(world, "OTHER50"), "ANNA10");
  const batch = await startChanging(world, ["ANNA10", "BEN10"], { kind: "retire" });
  await world.drain();
  expect(await standOf(world, batch)).toMatchObject({ done: 1, failed: 1 });
});

test("a code that failed here and lives in another managed discount is taken as live there", async () => {
  const world = await twoDiscounts();
  move(world, "ANNA10", "OTHER50");
  await world.prisma.code.updateMany({
    where: { code: "ANNA10" },
    data: { shopifyState: "failed" },
  });
  const found = await theOne(world);
  expect(found.kind).toBe("works-though-failed");
  expect(await repairNow(world, found, "take-as-live")).toBeNull();
  const { id: discountId } = await halfOffOf(world);
  expect(await ourCode(world, "ANNA10")).toMatchObject({ discountId, shopifyState: "live" });
});
