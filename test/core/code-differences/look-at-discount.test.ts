import { expect, test } from "vitest";
import { registerCode } from "#app/core/codes/register-code.ts";
import { switchDiscount } from "#app/core/codes/end-discount.ts";
import { inShort, listDifferences, repairNow } from "#test/core/given/check-codes-now.ts";
import { startChanging } from "#test/core/given/change-batch.ts";
import { discountWith } from "#test/core/given/drift.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { codeOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { discountWebhook } from "#test/sandbox/shopify/discounts/discount-webhooks.ts";
import { draftFor, makeDiscount } from "#test/support/merchant.ts";
import { deliverAll, staffOf } from "#test/support/shopify-staff.ts";
import type { World } from "#test/support/world.ts";

async function ourDiscount({ prisma, domain }: World) {
  return prisma.discount.findFirstOrThrow({ where: { shop: domain } });
}

const callsTo = ({ shopify }: World) => shopify.calls.length;

test("what a merchant changes of our discount in Shopify's admin is taken up", async () => {
  const world = await worldWithCodes();
  const endsAt = new Date("2027-02-01T05:00:00Z");
  const changes = { title: "Creators 2027", usageLimit: 3, endsAt };
  const discount = discountWith(world, "ANNA10");
  await deliverAll(world, staffOf(world).change(discount, changes));
  await world.drain();
  expect(await ourDiscount(world)).toMatchObject(changes);
  expect(await listDifferences(world)).toEqual([]);
});

test("codes assigned while their discount had ended are registered when its end is moved in Shopify's admin", async () => {
  const world = await worldWithCodes();
  const discount = discountWith(world, "ANNA10");
  await world.prisma.code.updateMany({
    where: { code: "ANNA10" },
    data: { impactState: "planned", impactPromoCodeId: null },
  });
  world.account.promoCodes = world.account.promoCodes.filter(({ code }) => code !== "ANNA10");
  const staff = staffOf(world);
  await deliverAll(world, staff.change(discount, { endsAt: world.clock.now() }));
  await world.drain(1_000);
  const { id: codeId } = await codeOf(world, "ANNA10");
  await registerCode(world.ports, { shop: world.domain, codeId });
  expect(await codeOf(world, "ANNA10")).toMatchObject({ impactState: "expired" });

  world.clock.pass(120_000);
  const endsAt = new Date("2027-02-01T05:00:00Z");
  await deliverAll(world, staff.change(discount, { endsAt }));
  await world.drain(60_000);
  expect(await codeOf(world, "ANNA10")).toMatchObject({ impactState: "registered" });
});

test("registrations that end before a discount whose end was moved in Shopify's admin are found at once", async () => {
  const world = await worldWithCodes();
  const staff = staffOf(world);
  const discount = discountWith(world, "ANNA10");
  const endsAt = new Date("2026-12-01T05:00:00Z");
  await deliverAll(world, staff.change(discount, { endsAt }));
  await world.drain(600_000);
  for (const promo of world.account.promoCodes) promo.endsAt = endsAt;
  world.clock.pass(10 * 86_400_000);
  await deliverAll(world, staff.change(discount, { endsAt: new Date("2026-12-31T05:00:00Z") }));
  await world.drain(600_000);
  const found = await listDifferences(world);
  expect(inShort(found)).toEqual([
    ["ends-differ", "ANNA10"],
    ["ends-differ", "BEN10"],
  ]);
  expect(found[0] && (await repairNow(world, found[0], "match-end"))).toBeNull();
  expect(await codeOf(world, "ANNA10")).toMatchObject({ impactState: "registered" });
});

test("a start that staff move to today is a difference at once where registrations begin later", async () => {
  const world = await worldWithCodes();
  await makeDiscount(
    world,
    draftFor([["10001", "XMAS-A7KQ"]], { title: "Christmas", startsOn: "2026-12-10" }),
  );
  await world.drain(600_000);
  world.clock.pass(60_000);
  const discount = discountWith(world, "XMAS-A7KQ");
  await deliverAll(world, staffOf(world).change(discount, { startsAt: world.clock.now() }));
  await world.drain(600_000);
  const [found, ...others] = await listDifferences(world);
  expect(others).toEqual([]);
  expect(found).toMatchObject({ kind: "registered-otherwise", subject: "XMAS-A7KQ" });
  expect(found && (await repairNow(world, found, "match-terms"))).toBeNull();
  const anew = world.account.promoCodes.at(-1);
  expect(anew?.startsAt && anew.startsAt <= world.clock.now()).toBe(true);
});

test.each(["app", "admin"])(
  "a discount that is deactivated before its day and activated in Shopify's admin is followed at once, whoever deactivated it: %s",
  async (by) => {
    const world = await worldWithCodes();
    const draft = draftFor([["10001", "XMAS-A7KQ"]], {
      title: "Christmas",
      startsOn: "2026-12-10",
    });
    const discountId = await makeDiscount(world, draft);
    await world.drain(600_000);
    world.clock.pass(60_000);
    const discount = discountWith(world, "XMAS-A7KQ");
    const staff = staffOf(world);
    const shop = world.domain;
    if (by === "app") await switchDiscount(world.ports, { shop, discountId, to: "inactive" });
    else await deliverAll(world, staff.deactivate(discount));
    await world.drain(600_000);
    world.clock.pass(3_600_000);
    await deliverAll(world, staff.activate(discount));
    await world.drain(600_000);
    const found = await listDifferences(world);
    expect(found).toMatchObject([{ kind: "registered-otherwise", subject: "XMAS-A7KQ" }]);
    expect(found[0] && (await repairNow(world, found[0], "match-terms"))).toBeNull();
    const anew = world.account.promoCodes.at(-1);
    expect(anew?.startsAt && anew.startsAt <= world.clock.now()).toBe(true);
  },
);

test("what it is for, on what and with what else is taken up too", async () => {
  const world = await worldWithCodes();
  const [product] = world.shop.products;
  const changes = {
    value: { kind: "amount", minor: 300, onEachItem: true } as const,
    items: { kind: "products" as const, ids: [product?.id ?? ""] },
    minimum: { kind: "quantity" as const, quantity: 3 },
    combinesWith: { order: false, product: true, shipping: true },
    purchases: { oneTime: true, subscription: true },
    ...{ cycleLimit: 2, tags: ["gifts"] },
  };
  await deliverAll(world, staffOf(world).change(discountWith(world, "ANNA10"), changes));
  await world.drain();
  const { id } = await ourDiscount(world);
  const chosen = [{ id: `gid://shopify/Product/${product?.id}`, title: product?.title }];
  expect(await world.ports.store.discounts.find(world.domain, id)).toMatchObject({
    value: { kind: "amount-each", minor: 300 },
    items: { kind: "products", chosen },
    ...{ minimumMinor: null, minimumQuantity: 3 },
    ...{ combines: false, combinesProducts: true, combinesShipping: true },
    ...{ purchases: "both", cycles: 2, tags: ["gifts"] },
  });
});

test("a discount that is deactivated or deleted in Shopify is a difference within a minute", async () => {
  const world = await worldWithCodes();
  const discount = discountWith(world, "ANNA10");
  const staff = staffOf(world);
  await deliverAll(world, staff.deactivate(discount));
  await world.drain(60_000);
  const [deactivated] = await listDifferences(world);
  expect(deactivated).toMatchObject({ kind: "discount-deactivated", codes: 2 });

  await deliverAll(world, staff.remove(discount));
  await world.drain(60_000);
  expect((await listDifferences(world)).map(({ kind }) => kind)).toEqual(["discount-deleted"]);
});

test("a discount that Shopify counts only to a number has its codes compared, though we have as many", async () => {
  const world = await worldWithCodes();
  const { listNewestCodes } = world.ports.shopify;
  const shopify: typeof world.ports.shopify = {
    ...world.ports.shopify,
    listNewestCodes: async (...asked) => {
      const answer = await listNewestCodes(...asked);
      if (!answer.ok) return answer;
      const codes = answer.value.codes.filter((code) => code !== "BYHAND");
      return { ok: true, value: { ...answer.value, codes } };
    },
  };
  Object.assign(world.ports, { shopify });
  world.shopify.settings.codesAreCountedTo = 2;
  await deliverAll(world, staffOf(world).addCodes(discountWith(world, "ANNA10"), ["BYHAND"]));
  expect(await world.drain()).toContain("reconcile-codes");
});

test("codes added by hand have that discount compared once, however many they are", async () => {
  const world = await worldWithCodes();
  const codes = Array.from({ length: 40 }, (_, index) => `BYHAND${index}`);
  const added = staffOf(world).addCodes(discountWith(world, "ANNA10"), codes);
  await deliverAll(world, added);
  const ran = await world.drain();
  expect(ran.toSorted()).toEqual(["look-at-discount", "reconcile-codes"]);
  expect(await listDifferences(world)).toHaveLength(40);
  expect(await world.prisma.delivery.count({ where: { topic: added[0]?.topic ?? "" } })).toBe(1);
});

test("a code removed by hand is found, and the run over one discount drops no other difference", async () => {
  const world = await worldWithCodes();
  const staff = staffOf(world);
  const discount = discountWith(world, "ANNA10");
  world.clock.pass(120_000);
  await deliverAll(world, staff.addCodes(discount, ["EXTRA"]));
  await world.drain();
  world.clock.pass(120_000);
  await deliverAll(world, staff.removeCode(discount, "ANNA10"));
  await deliverAll(world, staff.removeCode(discount, "BEN10"));
  await world.drain();
  expect(inShort(await listDifferences(world))).toEqual([
    ["missing-in-shopify", "ANNA10"],
    ["missing-in-shopify", "BEN10"],
    ["only-in-shopify", "EXTRA"],
  ]);
});

test("one code swapped for another is found by the look that its discount's webhook brings", async () => {
  const world = await worldWithCodes();
  world.clock.pass(120_000);
  const discount = discountWith(world, "ANNA10");
  const staff = staffOf(world);
  staff.removeCode(discount, "ANNA10");
  staff.addCodes(discount, ["SWAPPED"]);
  await deliverAll(world, staff.change(discount, {}));
  const before = callsTo(world);
  expect((await world.drain())[0]).toBe("look-at-discount");
  expect(callsTo(world) - before).toBeLessThan(6);
  expect(inShort(await listDifferences(world))).toEqual([
    ["missing-in-shopify", "ANNA10"],
    ["only-in-shopify", "SWAPPED"],
  ]);
});

test("a code that staff add while others are taken out is found afterwards, by one look", async () => {
  const world = await worldWithCodes();
  const batchId = await startChanging(world, ["BEN10"], { kind: "retire" });
  await world.drain();
  const stage = async (state: string) => {
    await world.prisma.change.updateMany({
      where: { batchId },
      data: { state, stage: "removing" },
    });
  };
  await stage("open");
  const discount = discountWith(world, "ANNA10");
  for (const code of ["BYHAND1", "BYHAND2", "BYHAND3"]) {
    world.clock.pass(120_000);
    await deliverAll(world, staffOf(world).addCodes(discount, [code]));
    await world.drain(130_000);
  }
  const looks = world.prisma.$queryRaw`
    SELECT id FROM pgboss.job WHERE name = 'look-at-discount' AND state = 'created'`;
  expect(await looks).toHaveLength(1);
  expect(await world.prisma.delivery.count({ where: { state: "received" } })).toBe(1);
  await stage("done");
  await world.drain(120_000);
  expect(inShort(await listDifferences(world))).toEqual(
    ["BYHAND1", "BYHAND2", "BYHAND3"].map((code) => ["only-in-shopify", code]),
  );
  expect(await world.prisma.delivery.count({ where: { state: "received" } })).toBe(0);
});

test("a code that staff add where all were retired is found, though some are still to end at impact.com", async () => {
  const world = await worldWithCodes();
  const discount = discountWith(world, "ANNA10");
  const batchId = await startChanging(world, ["ANNA10", "BEN10"], { kind: "retire" });
  await world.drain();
  await world.prisma.change.updateMany({ where: { batchId }, data: { state: "open" } });
  world.clock.pass(120_000);
  await deliverAll(world, staffOf(world).addCodes(discount, ["BYHAND"]));
  await world.drain(600_000);
  expect(inShort(await listDifferences(world))).toEqual([["only-in-shopify", "BYHAND"]]);
});

test("another app's discount costs no call, and what we made ourselves changes nothing", async () => {
  const world = await worldWithCodes();
  makeInShopify(world, "THEIRS", "Another app's");
  const before = callsTo(world);
  const theirs = discountWith(world, "THEIRS");
  await deliverAll(world, [discountWebhook("discounts/create", theirs, world.shopifyState)]);
  await world.drain();
  expect(callsTo(world)).toBe(before);

  const ours = await ourDiscount(world);
  const echo = discountWebhook(
    "discounts/create",
    discountWith(world, "ANNA10"),
    world.shopifyState,
  );
  await deliverAll(world, [echo]);
  await world.drain();
  expect(await ourDiscount(world)).toEqual(ours);
  expect(await world.prisma.delivery.count({ where: { state: "received" } })).toBe(0);
});

test("a look that Shopify does not answer is taken again", async () => {
  const world = await worldWithCodes();
  const discount = discountWith(world, "ANNA10");
  await deliverAll(world, staffOf(world).change(discount, { title: "New name" }));
  world.shopify.faults.failNext(1, 503);
  const ran = await world.drain();
  expect(ran.filter((name) => name === "look-at-discount").length).toBeGreaterThan(1);
  expect(await ourDiscount(world)).toMatchObject({ title: "New name" });
});
