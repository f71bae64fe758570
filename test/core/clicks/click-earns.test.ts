import { expect, test } from "vitest";
import { checkoutHash } from "#app/adapters/shopify/checkout-hash.ts";
import { explainAttribution } from "#app/core/attribution/explain-attribution.ts";
import { receiveClick } from "#app/core/clicks/receive-click.ts";
import { saveRuleNow } from "#test/core/given/just-opened.ts";
import { trackClicksOf } from "#test/core/given/shared-orders.ts";
import { requestsTo, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { addClick } from "#test/sandbox/impact/create-state.ts";
import { actionsOf, whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { buy, buyAndDeliver, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { PROGRAM_ID, type World } from "#test/support/world.ts";

/** A shop that reports orders by a click alone, and a click of Ben's. */
async function worldWithClick(): Promise<World> {
  const world = await worldWithCodes();
  const rule = { meeting: "newer-click-wins", days: "7", codePercent: "", clickPercent: "" };
  const several = { several: "first-entered", discounts: [], clickAlone: "report" };
  await saveRuleNow(world.ports, { shop: world.domain, ...rule, ...several });
  world.clock.pass(1_000);
  await trackClicksOf(world, "10002");
  const at = world.clock.now();
  addClick(world.account, { id: "Bens-Click", partnerId: "10002", programId: PROGRAM_ID, at });
  world.clock.pass(1_000);
  return world;
}

const paidFor = (world: World, orderId: string) => whoWasPaid(world.impactState, orderId);

test("an order without a code is paid to whose click its cart carries, where the shop reports such", async () => {
  const world = await worldWithClick();
  const order = buy(world, { cartAttributes: { irclickid: "Bens-Click" } });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  expect(paidFor(world, order.id)).toMatchObject({ partnerId: "10002", because: "click" });
});

test("the lone click of another program is not looked up: reported, it earns nobody, and the order says what to do", async () => {
  const world = await worldWithClick();
  const at = world.clock.now();
  addClick(world.account, { id: "Elsewhere", partnerId: "10002", programId: "2000", at });
  const order = buy(world, { cartAttributes: { irclickid: "Elsewhere" } });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  expect(world.impact.requests.filter(({ path }) => path.includes("/Clicks/"))).toEqual([]);
  expect(actionsOf(world.impactState, order.id)).toEqual([]);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({
    ...{ state: "failed", reason: "not-credited" },
    sentence: expect.stringContaining("It may be of another program") as string,
  });
});

test("the lone click of another program is left to impact.com's tag where the rule says so", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { cartAttributes: { irclickid: "Elsewhere" } });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({
    ...{ state: "ignored", reason: "left-to-click" },
  });
  expect(requestsTo(world, "POST", "/Conversions")).toEqual([]);
});

const NOT_TRACKED = {
  ...{ state: "failed", reason: "not-credited" },
  sentence: expect.stringContaining("a code of theirs has credit policy ALWAYS") as string,
};

test.each([
  ["not known", false],
  ["known, and pay nobody", false],
  ["as all others", true],
] as const)(
  "where the token may not read clicks, impact.com alone decides of a click alone of a partner with an ALWAYS code, to whom such clicks are %s",
  async (reading, isPaid) => {
    const world = await worldWithClick();
    const { account, domain: shop, impactState, ports } = world;
    impactState.rules.alwaysPartnersClicks = reading;
    world.impact.faults.failNext(99, 403, ({ path }) => path.includes("/Clicks/"));
    const at = world.clock.now();
    addClick(account, { id: "Annas", partnerId: "10001", programId: PROGRAM_ID, at });
    world.clock.pass(1_000);
    // With a code it is asked for, in vain.
    const cartAttributes = { irclickid: "Annas" };
    await buyAndDeliver(world, { codes: ["BEN10"], cartAttributes });
    const lookUps = await ports.store.clicks.listLookUps(shop, ["Annas"]);
    expect(lookUps.get("Annas")).toMatchObject({ verdict: "not-told" });
    const order = buy(world, { cartAttributes });
    await deliver(world, webhookFor(world, order));
    await world.drain();
    const paid = actionsOf(impactState, order.id).map(({ partnerId }) => partnerId);
    expect(paid).toEqual(isPaid ? ["10001"] : []);
    expect(await standingOf(world, orderIdOf(order))).toMatchObject(
      isPaid ? { state: "reported", reason: "credited" } : NOT_TRACKED,
    );
    const decided = await ports.store.orders.findAttribution(shop, orderIdOf(order));
    expect(decided && explainAttribution(decided.attribution)).toContain(
      "impact.com pays that partner if it tracks the click, and nobody if not",
    );
  },
);

test("a click that the pixel tells after its order was ignored has it reported after all", async () => {
  const world = await worldWithClick();
  const order = buy(world);
  await deliver(world, webhookFor(world, order));
  await world.drain();
  expect(paidFor(world, order.id)).toMatchObject({ unpaid: "NEVER REPORTED" });
  await receiveClick(world.ports, {
    shop: world.domain,
    orderId: orderIdOf(order),
    checkoutHash: checkoutHash(String(order.payload["checkout_token"])),
    clickId: "Bens-Click",
    seenAt: world.clock.now(),
  });
  await world.drain();
  expect(paidFor(world, order.id)).toMatchObject({ partnerId: "10002", because: "click" });
});
