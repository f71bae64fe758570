import { expect, test } from "vitest";
import { leftCodesFile } from "#app/core/adopting/read-adopting.ts";
import { expressionOf, type Shape } from "#app/core/codes/families/family-shape.ts";
import type { PartnerId } from "#app/core/ids.ts";
import { readAdoption } from "#app/core/adopting/read-adoption.ts";
import {
  beginToAdopt,
  discountByHand,
  ourCodes,
  readToAdopt,
  verdictsOf,
} from "#test/core/given/adopting.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { ANNA, startChanging } from "#test/core/given/change-batch.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";

test("codes that impact.com lists, that live in Shopify and are not managed, are adopted, and no others", async () => {
  const world = await worldWithCodes();
  const codes = Array.from({ length: 90 }, (_, index) => `POD-${100 + index}`);
  const podcast = discountByHand(world, "Podcast", [...codes, "UNREGISTERED"]);
  discountByHand(world, "Welcome", ["WELCOME5"]);
  for (const code of [...codes, "WELCOME5"]) registerElsewhere(world, code, "10002");
  registerElsewhere(world, "NOT-IN-SHOPIFY", "10001");
  registerElsewhere(world, "EN.*", "10001", { type: "RE" });
  const ended = { endsAt: new Date(world.clock.now().getTime() - 1_000) };
  registerElsewhere(world, "UNREGISTERED", "10001", ended);
  const before = world.shopify.calls.length;
  const adoptionId = await readToAdopt(world, { kind: "impact" });
  expect(await verdictsOf(world, adoptionId)).toEqual({ "assigned impact": 91 });
  // 92 codes, of which 40 are looked for in one call.
  expect(world.shopify.calls.length - before).toBe(3);
  const detail = await readAdoption(world.ports, { shop: world.domain, adoptionId, since: null });
  expect(detail?.discounts).toMatchObject({ all: 2, listed: 91, short: [] });
  await beginToAdopt(world, adoptionId);
  await world.drain();
  const ours = await ourCodes(world);
  expect(ours).toHaveLength(2 + 91);
  expect(ours).toContain("WELCOME5 10002 live registered");
  expect(ours.filter((line) => line.endsWith("live registered"))).toHaveLength(93);
  expect(await world.prisma.discount.count({ where: { shopifyId: podcast.id } })).toBe(1);
});

test.each(["^POD2.*$", expressionOf("POD2*" as Shape)])(
  "a code that another partner's expression %s matches is nobody's, whatever page of the list it stands on",
  async (expression) => {
    const world = await worldWithCodes();
    const { ports, domain: shop, clock } = world;
    const podcast = discountByHand(world, "Podcast", ["POD2A", "POD30"]);
    registerElsewhere(world, "POD2A", "10001");
    registerElsewhere(world, "POD30", "10001");
    const endsAt = new Date(clock.now().getTime() - 1_000);
    for (let at = 0; at < 1_000; at += 1) registerElsewhere(world, `OLD${at}`, "10002", { endsAt });
    registerElsewhere(world, expression, "10002", { type: "RE" });
    const why = `At impact.com the regular expression ${expression} of Ben Baker matches it, so it may be credited to them. End that expression there first, then begin again.`;
    for (const of of [{ kind: "impact" } as const, [podcast]]) {
      const adoptionId = await readToAdopt(world, of, JSON.stringify(of));
      expect(await verdictsOf(world, adoptionId)).toEqual({ refused: 1, "assigned impact": 1 });
      expect(await leftCodesFile(ports, { shop, adoptionId })).toContain(`POD2A,,"${why}"`);
    }
    const lone = discountByHand(world, "Lone", ["POD2C"]);
    const adoptionId = await readToAdopt(world, [lone]);
    expect(await leftCodesFile(ports, { shop, adoptionId })).toContain(
      `impact.com has it registered to nobody by itself, and the regular expression ${expression} of Ben Baker matches it.`,
    );
  },
);

test("a code that two partners have at impact.com, in two spellings, is nobody's, and both are named", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  discountByHand(world, "Podcast", ["POD20", "POD30"]);
  registerElsewhere(world, "Pod20", "10001");
  registerElsewhere(world, "POD20", "10002");
  registerElsewhere(world, "pod30", "10002");
  registerElsewhere(world, "POD30", "10002");
  const adoptionId = await readToAdopt(world, { kind: "impact" });
  expect(await verdictsOf(world, adoptionId)).toEqual({ refused: 1, "assigned impact": 1 });
  const left = await leftCodesFile(ports, { shop, adoptionId });
  expect(left).toMatch(/POD20,,.*At impact.com Pod20 to Anna Able and POD20 to Ben Baker are/);
  // On two pages it is no other.
  const listed = world.account.promoCodes.filter(({ code }) => code.toUpperCase() === "POD20");
  for (const { id: promoCodeId, code, partnerId, creditPolicy, startsAt, endsAt } of listed) {
    const one = { promoCodeId, code, partnerId: partnerId as PartnerId, partnerName: "" };
    const rest = { creditPolicy, startsAt, endsAt, isEnded: false, isPattern: false };
    await ports.store.adoptions.noteAtImpact(shop, adoptionId, [{ ...one, ...rest }]);
  }
  const found = await ports.store.adoptions.listFound(shop, adoptionId, { after: null, limit: 1 });
  expect(found).toMatchObject([
    { atImpact: { partnerId: "10001" }, rival: { partnerId: "10002" } },
  ]);
});

test.each(["api-page", "help-page"] as const)(
  "a code that was registered by hand in mixed case earns its partner, whatever impact.com makes of case (%s)",
  async (codeCase) => {
    const world = await worldWithCodes();
    world.impactState.rules.codeCase = codeCase;
    discountByHand(world, "Podcast", ["Ben-Pod"]);
    registerElsewhere(world, "Ben-Pod", "10002");
    const adoptionId = await readToAdopt(world, { kind: "impact" });
    await beginToAdopt(world, adoptionId);
    await world.drain();
    expect(await ourCodes(world)).toContain("BEN-POD 10002 live registered");
    world.clock.pass(60_000);
    const order = await buyAndDeliver(world, { codes: ["BEN-POD"] });
    expect(await standingOf(world, order)).toMatchObject({ reason: "credited" });
    // Given to somebody else, it keeps its spelling: orders from before may come after.
    await startChanging(world, ["BEN-POD"], { kind: "reassign", partnerId: ANNA });
    await world.drain();
    world.clock.pass(60_000);
    const later = await buyAndDeliver(world, { codes: ["ben-pod"] });
    expect(await standingOf(world, later)).toMatchObject({ reason: "credited" });
    const paid = world.account.actions.map(({ partnerId }) => partnerId);
    expect(paid).toEqual(["10002", "10001"]);
  },
);
