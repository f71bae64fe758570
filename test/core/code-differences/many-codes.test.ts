import { expect, test } from "vitest";
import { reconcileCodes } from "#app/core/code-differences/reconcile-codes.ts";
import { readDifferences } from "#app/core/code-differences/read-differences.ts";
import { startCheck } from "#app/core/code-differences/start-check.ts";
import { addRedeemCode } from "#test/sandbox/shopify/admin/redeem-codes.ts";
import { checkCodesNow, inShort, listDifferences } from "#test/core/given/check-codes-now.ts";
import { discountWith, removeInShopify } from "#test/core/given/drift.ts";
import { killedAt } from "#test/core/given/killed-at.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { withSecondShop } from "#test/core/given/second-shop.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { planReconciliations } from "#app/core/ledger/plan-reconciliations.ts";
import { draftFor, makeDiscount } from "#test/support/merchant.ts";
import type { World } from "#test/support/world.ts";

/** Live, registered codes on all three sides, without the hours it takes to make them. */
async function withMany(world: World, count: number): Promise<void> {
  const { prisma, domain: shop, clock } = world;
  const discount = discountWith(world, "ANNA10");
  const { id: discountId } = await prisma.discount.findFirstOrThrow({ where: { shop } });
  const texts = Array.from({ length: count }, (_, index) => `MANY${10_000 + index}`);
  for (const code of texts) {
    addRedeemCode(world.shopifyState, world.shop, discount, code);
    registerElsewhere(world, code, "10001");
  }
  await prisma.$executeRaw`
    INSERT INTO "Code" ("id", "shop", "code", "discountId", "shopifyState", "impactState",
      "impactPromoCodeId", "liveAt", "registeredAt", "createdAt")
    SELECT gen_random_uuid(), ${shop}, given, ${discountId}::uuid, 'live', 'registered',
      'elsewhere-' || given, ${clock.now()}, ${clock.now()}, ${clock.now()}
    FROM unnest(${texts}::text[]) given`;
  await prisma.$executeRaw`
    INSERT INTO "Assignment" ("id", "shop", "codeId", "partnerId", "startsAt")
    SELECT gen_random_uuid(), "shop", "id", '10001', ${clock.now()}
    FROM "Code" WHERE "code" LIKE 'MANY%'`;
}

const PLANTED = [
  ["missing-in-shopify", "MANY10011"],
  ["only-in-shopify", "BY-HAND"],
  ["other-partner-there", "MANY10012"],
] as const;

function plant(world: World): void {
  removeInShopify(world, "MANY10011");
  addRedeemCode(world.shopifyState, world.shop, discountWith(world, "ANNA10"), "by-hand");
  for (const one of world.account.promoCodes) if (one.code === "MANY10012") one.partnerId = "10002";
}

test(
  "20,000 codes are compared in pages, each side asked once for each",
  { timeout: 120_000 },
  async () => {
    const world = await worldWithCodes();
    await withMany(world, 20_000);
    plant(world);
    const [calls, requests] = [world.shopify.calls.length, world.impact.requests.length];
    expect(inShort(await checkCodesNow(world))).toEqual(PLANTED);
    // Pages of 200 codes, and the discounts in one.
    expect(world.shopify.calls.length - calls).toBeLessThanOrEqual(103);
    // Pages of 1,000 registrations, and one of partners.
    expect(world.impact.requests.length - requests).toBeLessThanOrEqual(22);
    expect(await world.prisma.seenCode.count()).toBe(0);
  },
);

test(
  "a run that is killed at any of its steps goes on where it was, and finds the same",
  { timeout: 120_000 },
  async () => {
    const world = await worldWithCodes();
    await withMany(world, 450);
    plant(world);
    world.clock.pass(60_000);
    await startCheck(world.ports, world.domain);
    const where = { kind: "codes", state: "running" };
    const { id: runId } = await world.prisma.reconciliation.findFirstOrThrow({ where });
    for (let nth = 1; nth <= 12; nth += 1) {
      const { ports, killed } = killedAt(world, nth);
      const run = reconcileCodes(ports, { shop: world.domain, runId });
      await Promise.race([killed, run]);
    }
    // The job itself died with its worker.
    world.clock.pass(2 * 3_600_000);
    await planReconciliations(world.ports);
    await world.drain(60_000);
    expect(inShort(await listDifferences(world))).toEqual(PLANTED);
    const { state, listed } = await world.prisma.reconciliation.findFirstOrThrow({
      where: { id: runId },
    });
    expect({ state, listed }).toEqual({ state: "finished", listed: 452 + 452 });
  },
);

type ListCodes = World["ports"]["shopify"]["listCodes"];
type ListedCode = NonNullable<
  Extract<Awaited<ReturnType<ListCodes>>, { ok: true }>["value"]
>["codes"][number];

/** Shopify's list of codes, of which the first two answers hold what is kept of them alone. */
function cutTwice(world: World, keep: (codes: ListedCode[]) => ListedCode[]) {
  const { listCodes: whole } = world.ports.shopify;
  let cut = 2;
  const listCodes: ListCodes = async (...asked) => {
    const answer = await whole(...asked);
    if (!answer.ok || !answer.value || cut === 0) return answer;
    cut -= 1;
    return { ok: true, value: { ...answer.value, codes: keep(answer.value.codes) } };
  };
  return { listCodes, cutsLeft: () => cut };
}

test("codes that Shopify lists short of its own count are read again, not taken for missing", async () => {
  const world = await worldWithCodes();
  const { listCodes, cutsLeft } = cutTwice(world, (codes) => codes.slice(1));
  Object.assign(world.ports, { shopify: { ...world.ports.shopify, listCodes } });
  expect(await checkCodesNow(world)).toEqual([]);
  expect(cutsLeft()).toBe(0);
});

test("a discount of which Shopify never lists all is said to be so, and the check goes on without it", async () => {
  const world = await worldWithCodes();
  await withMany(world, 450);
  await makeDiscount(world, draftFor([["10001", "OTHER10"]], { title: "Others" }));
  await world.drain(600_000);
  removeInShopify(world, "OTHER10");
  for (const one of world.account.promoCodes) if (one.code === "ANNA10") one.partnerId = "10002";
  const { listCodes: whole } = world.ports.shopify;
  // The page of the newest codes never comes.
  const listCodes: ListCodes = async (...asked) => {
    const answer = await whole(...asked);
    const isLast = answer.ok && answer.value?.next === null && asked[2] !== null;
    if (!isLast || !answer.value) return answer;
    return { ok: true, value: { ...answer.value, codes: [] } };
  };
  Object.assign(world.ports, { shopify: { ...world.ports.shopify, listCodes } });
  expect(inShort(await checkCodesNow(world))).toEqual([
    ["missing-in-shopify", "OTHER10"],
    ["other-partner-there", "ANNA10"],
  ]);
  const { lastWhole } = await readDifferences(world.ports, world.domain);
  expect(lastWhole?.problem).toMatch(/^Shopify did not list all codes of “Creators”, however/);
});

test("a list that ends early is read again, though Shopify counts no further than it goes", async () => {
  const world = await worldWithCodes();
  world.shopify.settings.codesAreCountedTo = 1;
  const { listNewestCodes } = world.ports.shopify;
  const { listCodes, cutsLeft } = cutTwice(world, (codes) => codes.slice(0, 1));
  const shopify: typeof world.ports.shopify = {
    ...world.ports.shopify,
    listCodes,
    listNewestCodes: async (...asked) => {
      const answer = await listNewestCodes(...asked);
      if (!answer.ok) return answer;
      return { ok: true, value: { ...answer.value, codes: answer.value.codes.slice(0, 1) } };
    },
  };
  Object.assign(world.ports, { shopify });
  expect(await checkCodesNow(world)).toEqual([]);
  expect(cutsLeft()).toBe(0);
});

test("a shop's codes at impact.com are not another shop's differences", async () => {
  const world = await worldWithCodes();
  await withSecondShop(world);
  registerElsewhere(world, "THEIRS5", "10002");
  expect(await checkCodesNow(world)).toEqual([]);
});

test("a code at impact.com that lives in a discount not managed here is no difference", async () => {
  const world = await worldWithCodes();
  makeInShopify(world, "WELCOME5", "Welcome");
  registerElsewhere(world, "WELCOME5", "10002");
  expect(await checkCodesNow(world)).toEqual([]);
});
