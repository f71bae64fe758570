import { expect, test } from "vitest";
import { editDiscount, openDiscount } from "#app/core/codes/edit-discount.ts";
import { startCheck } from "#app/core/code-differences/start-check.ts";
import { draftOfTerms } from "#app/core/codes/draft-of-terms.ts";
import type { TermsDraft } from "#app/core/codes/terms-draft.ts";
import { listDifferences } from "#test/core/given/check-codes-now.ts";
import { discountWith } from "#test/core/given/drift.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import { staffOf } from "#test/support/shopify-staff.ts";
import { conversionOf } from "#test/core/given/world-with-codes.ts";
import { createWorld, type World } from "#test/support/world.ts";

async function idOf({ prisma, domain }: World): Promise<string> {
  return (await prisma.discount.findFirstOrThrow({ where: { shop: domain } })).id;
}

/** The only discount's form as it opens. */
async function openForm(world: World) {
  const asked = { shop: world.domain, discountId: await idOf(world) };
  const watched = await openDiscount(world.ports, asked);
  if (!watched) throw new Error("no discount");
  return { asked, opened: draftOfTerms(watched, world.shop.ianaTimezone) };
}

/** Opens the only discount's form, changes some of it and saves. */
async function edit(world: World, changes: Partial<TermsDraft>) {
  const { asked, opened } = await openForm(world);
  return editDiscount(world.ports, { ...asked, draft: { ...opened, ...changes }, opened });
}

test("an edit is in Shopify first, then here", async () => {
  const world = await worldWithCodes();
  const [product] = world.shop.products;
  const items = [{ id: `gid://shopify/Product/${product?.id}`, title: product?.title ?? "" }];
  const changes = { title: "Spring", value: "20", minimumKind: "quantity", minimum: "2" } as const;
  expect(await edit(world, { ...changes, itemsKind: "products", items })).toMatchObject({
    ok: true,
  });
  expect(discountWith(world, "ANNA10")).toMatchObject({
    title: "Spring",
    value: { kind: "percentage", fraction: 0.2 },
    minimum: { kind: "quantity", quantity: 2 },
    items: { kind: "products", ids: [product?.id] },
  });
  const ours = await world.ports.store.discounts.find(world.domain, await idOf(world));
  expect(ours).toMatchObject({ title: "Spring", minimumQuantity: 2, items: { chosen: items } });
  await world.drain();
  expect(await listDifferences(world)).toEqual([]);
});

test("what Shopify refuses stands at its field, and nothing is changed on either side", async () => {
  const world = await worldWithCodes();
  const items = [{ id: "gid://shopify/Product/1", title: "Gone" }];
  const answer = await edit(world, { title: "Spring", itemsKind: "products", items });
  expect(answer).toMatchObject({ ok: false, fields: [{ field: "items" }] });
  expect(discountWith(world, "ANNA10").title).toBe("Creators");
  const ours = await world.ports.store.discounts.find(world.domain, await idOf(world));
  expect(ours?.title).toBe("Creators");
});

test("the form opens with what somebody changed in Shopify a moment ago", async () => {
  const world = await worldWithCodes();
  staffOf(world).change(discountWith(world, "ANNA10"), { usageLimit: 7, tags: ["gifts"] });
  const opened = await openDiscount(world.ports, {
    shop: world.domain,
    discountId: await idOf(world),
  });
  expect(opened).toMatchObject({ usageLimit: 7, tags: ["gifts"] });
});

test("a discount that Shopify was told to begin later is not begun by an edit", async () => {
  const world = await worldWithCodes();
  world.clock.pass(60_000);
  const startsAt = new Date("2027-01-15T05:00:00Z");
  staffOf(world).change(discountWith(world, "ANNA10"), { startsAt });
  expect(await edit(world, { title: "Spring" })).toMatchObject({ ok: true });
  expect(discountWith(world, "ANNA10")).toMatchObject({ title: "Spring", startsAt });
});

test("a discount of percent can't become free shipping", async () => {
  const world = await worldWithCodes();
  const answer = await edit(world, { valueKind: "free-shipping" });
  expect(answer).toMatchObject({ ok: false, fields: [{ field: "value" }] });
});

test("Shopify being away changes nothing, and says so", async () => {
  const world = await worldWithCodes();
  const { asked, opened } = await openForm(world);
  world.uninstall();
  const draft = { ...opened, title: "Spring" };
  const answer = await editDiscount(world.ports, { ...asked, draft, opened });
  expect(answer).toMatchObject({ ok: false, fields: [] });
  expect(!answer.ok && answer.message).toMatch(/^Nothing was changed\. .+\.$/);
});

test("a later end is a difference to registrations that end earlier, found by the check that begins", async () => {
  const world = await worldWithCodes();
  await edit(world, { endsOn: "2027-01-31" });
  await world.drain();
  // What was done a moment ago is not judged yet.
  world.clock.pass(60_000);
  for (const promo of world.account.promoCodes) promo.endsAt = new Date("2027-02-01T05:00:00Z");
  expect(await edit(world, { endsOn: "2027-03-31" })).toEqual({
    ok: true,
    ...{ startMoved: false, endMoved: true, batchId: null },
  });
  await world.drain();
  expect((await listDifferences(world)).map(({ kind }) => kind)).toEqual([
    "ends-differ",
    "ends-differ",
  ]);
});

test("a first day that is moved to today has registrations begin anew, and says so", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  await makeDiscount(world, draftFor([["10001", "ANNA-X7KQ"]], { startsOn: "2026-12-10" }));
  await world.drain();
  world.clock.pass(60_000);
  const startsOn = world.clock.now().toISOString().slice(0, 10);
  const edited = await edit(world, { startsOn });
  const { id: batchId } = await world.prisma.batch.findFirstOrThrow({
    where: { kind: "register-anew" },
  });
  expect(edited).toEqual({ ok: true, startMoved: true, endMoved: false, batchId });
  await world.drain();
  const [old, anew] = world.account.promoCodes;
  expect(old?.endsAt).not.toBeNull();
  expect(anew).toMatchObject({ code: "ANNA-X7KQ", endsAt: null });
  expect(anew?.startsAt && anew.startsAt <= world.clock.now()).toBe(true);
});

test("a first day that is moved to the same day a second time has registrations begin anew again", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  await makeDiscount(world, draftFor([["10001", "ANNA-X7KQ"]], { startsOn: "2026-12-10" }));
  await world.drain();
  const first = await edit(world, { startsOn: "2026-12-01" });
  await world.drain();
  expect(await edit(world, { startsOn: "2026-12-20" })).toMatchObject({ batchId: null });
  await world.drain();
  // As a code that is drawn now is registered.
  const [standing] = world.account.promoCodes.filter(({ endsAt }) => endsAt === null);
  if (standing) standing.startsAt = new Date("2026-12-20T05:00:00Z");
  const second = await edit(world, { startsOn: "2026-12-01" });
  expect(first).toMatchObject({ ok: true, batchId: expect.any(String) as string });
  expect(second).toMatchObject({ ok: true, batchId: expect.any(String) as string });
  expect(second).not.toEqual(first);
  await world.drain();
  const stands = world.account.promoCodes.filter(({ endsAt }) => endsAt === null);
  expect(stands.map(({ startsAt }) => startsAt)).toEqual([new Date("2026-12-01T05:00:00Z")]);
});

test("an end that is moved while codes are compared has them compared once more, after that run", async () => {
  const world = await worldWithCodes();
  await edit(world, { endsOn: "2027-01-31" });
  await world.drain();
  world.clock.pass(60_000);
  for (const promo of world.account.promoCodes) promo.endsAt = new Date("2027-02-01T05:00:00Z");
  const { shopify } = world.ports;
  const { listCodes } = shopify;
  // The run has looked at the discount already when its end is moved.
  Object.assign(world.ports, {
    shopify: {
      ...shopify,
      listCodes: async (...asked: Parameters<typeof listCodes>) => {
        Object.assign(world.ports, { shopify });
        expect(await edit(world, { endsOn: "2027-03-31" })).toMatchObject({ endMoved: true });
        return listCodes(...asked);
      },
    },
  });
  await startCheck(world.ports, world.domain);
  await world.drain(600_000);
  expect((await listDifferences(world)).map(({ kind }) => kind)).toEqual([
    "ends-differ",
    "ends-differ",
  ]);
  const runs = await world.prisma.reconciliation.findMany({ where: { kind: "codes" } });
  expect(runs.filter(({ isFollowed }) => isFollowed)).toHaveLength(1);
});

test("a free-shipping code is made many at a time, and earns its partner like any other", async () => {
  const world = await worldWithCodes();
  const codes = Array.from({ length: 5 }, (_, at): [string, string] => ["10001", `SHIP${at}`]);
  await makeDiscount(
    world,
    draftFor(codes, { title: "Shipping", valueKind: "free-shipping", value: "" }),
  );
  await world.drain();
  expect(discountWith(world, "SHIP4").value).toEqual({ kind: "free-shipping", mostMinor: null });
  const orderId = await buyAndDeliver(world, {
    codes: ["SHIP3"],
    shipping: { title: "Post", minor: 700 },
  });
  await world.drain();
  expect(await conversionOf(world, orderId)).toMatchObject({ partnerId: "10001", code: "SHIP3" });
});

test("a form opened before another change takes nothing back, and says what has changed", async () => {
  const world = await worldWithCodes();
  const { asked, opened } = await openForm(world);
  expect(await edit(world, { value: "12" })).toMatchObject({ ok: true });
  staffOf(world).change(discountWith(world, "ANNA10"), { usageLimit: 7 });
  const draft = { ...opened, title: "Renamed" };
  expect(await editDiscount(world.ports, { ...asked, draft, opened })).toEqual({
    ok: false,
    fields: [],
    message:
      "Nothing was saved. This discount was changed after you opened this page: how much it takes off (now 12) and its limit of uses (now 7). Save again to replace that by what stands here.",
  });
  expect(discountWith(world, "ANNA10")).toMatchObject({
    title: "Creators",
    usageLimit: 7,
    value: { fraction: 0.12 },
  });
});

test("a form whose answer was lost may be sent once more", async () => {
  const world = await worldWithCodes();
  const { asked, opened } = await openForm(world);
  const draft = { ...opened, value: "12" };
  expect(await editDiscount(world.ports, { ...asked, draft, opened })).toMatchObject({ ok: true });
  expect(await editDiscount(world.ports, { ...asked, draft, opened })).toMatchObject({ ok: true });
});
