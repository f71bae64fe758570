import { expect, test } from "vitest";
import { saveRule } from "#app/core/attribution/save-rule.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { addClick } from "#test/sandbox/impact/create-state.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import { PROGRAM_ID, type World } from "#test/support/world.ts";

/** A shop that shares an order between click and code, with a click of Anna's and one of Ben's. */
async function sharingWorld(): Promise<World> {
  const world = await worldWithCodes();
  const rule = { meeting: "split", days: "", codePercent: "70", clickPercent: "30" };
  const several = { several: "first-entered", discounts: [], clickAlone: "leave" };
  await saveRule(world.ports, { shop: world.domain, ...rule, ...several });
  world.clock.pass(1_000);
  const at = world.clock.now();
  for (const [id, partnerId] of [
    ["Annas-Click", "10001"],
    ["Bens-Click", "10002"],
  ] as const) {
    addClick(world.account, { id, partnerId, programId: PROGRAM_ID, at });
  }
  addClick(world.account, { id: "Elsewhere", partnerId: "10002", programId: "2000", at });
  world.clock.pass(1_000);
  return world;
}

/** Anna's code and this click on one order: who earns which share, and what became of the click. */
async function buyWith(world: World, clickId: string, { hoursOld = 2 } = {}) {
  const seenAt = new Date(world.clock.now().getTime() - hoursOld * 3_600_000);
  const orderId = await buyAndDeliver(world, {
    codes: ["ANNA10"],
    cartAttributes: { irclickid: clickId, irclickid_seen: seenAt.toISOString() },
  });
  const decided = await world.ports.store.orders.findAttribution(world.domain, orderId);
  const click = decided?.attribution.candidates.find(({ kind }) => kind === "click");
  const conversions = await world.ports.store.conversions.listForOrder(world.domain, orderId);
  return { click, earners: conversions.map(({ partnerId }) => partnerId).sort() };
}

test("a click and a code of one partner are one credit once impact.com has said whose the click was", async () => {
  const { click, earners } = await buyWith(await sharingWorld(), "Annas-Click");
  expect(click).toMatchObject({ verdict: "same-partner", partner: { partnerId: "10001" } });
  expect(earners).toEqual(["10001"]);
});

test("another partner's click shares the order with the code, by its partner's name", async () => {
  const { click, earners } = await buyWith(await sharingWorld(), "Bens-Click");
  expect(click).toMatchObject({ verdict: "shares", partner: { name: "Ben Baker" } });
  expect(earners).toEqual(["10001", "10002"]);
});

test.each(["Nobodys-Click", "Elsewhere", ".."])(
  "a click that the program does not know (%s) takes nothing from the code",
  async (clickId) => {
    const { click, earners } = await buyWith(await sharingWorld(), clickId);
    expect(click).toMatchObject({ verdict: "unknown-there" });
    expect(earners).toEqual(["10001"]);
  },
);

test("a click of just now that impact.com does not know yet shares the order as nobody's known", async () => {
  const { click, earners } = await buyWith(await sharingWorld(), "Brand-New", { hoursOld: 0 });
  expect(click).toMatchObject({ verdict: "shares", partner: null });
  expect(earners).toEqual(["10001", null]);
});

test("a click is looked up once, for however many orders", async () => {
  const world = await sharingWorld();
  await buyWith(world, "Bens-Click");
  await buyWith(world, "Bens-Click");
  const asked = world.impact.requests.filter(({ path }) => path.includes("/Clicks/"));
  expect(asked.length).toBe(1);
});

test("where impact.com does not tell, the order is shared as it was decided, and asking ends", async () => {
  const world = await sharingWorld();
  world.impact.faults.failNext(99, 503, ({ path }) => path.includes("/Clicks/"));
  const { click, earners } = await buyWith(world, "Bens-Click");
  expect(click).toMatchObject({ verdict: "shares", partner: null });
  expect(earners.length).toBe(2);
  const asked = world.impact.requests.filter(({ path }) => path.includes("/Clicks/"));
  expect(asked.length).toBe(5);
});
