import { expect, test } from "vitest";
import { sendConversions } from "#app/core/conversions/send-conversion.ts";
import { connectImpact, disconnectImpact } from "#app/core/program/connect-impact.ts";
import {
  conversionOf,
  requestsTo,
  standingOf,
  worldWithCodes,
} from "#test/core/given/world-with-codes.ts";
import { actionsOf, whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { buy, buyAndDeliver, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { CREDENTIALS, type World } from "#test/support/world.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

type Request = { path: string };
const sending = ({ path }: Request) => path.endsWith("/Conversions");

/** An order with Anna's code whose first sending meets what `trouble` prepares. */
async function orderInTrouble(trouble: (world: World) => void) {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  trouble(world);
  await world.drain(0);
  return { world, orderId: orderIdOf(order) };
}

test("an order too old for impact.com is given up before it is sent, and says so", async () => {
  const world = await worldWithCodes();
  await disconnectImpact(world.ports, world.domain);
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  world.clock.pass(86 * 86_400_000);
  await setUpProgram(world);
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({ state: "failed", reason: "too-late" });
  expect(requestsTo(world, "POST", "/Conversions")).toEqual([]);
});

test("a conversion tells impact.com the code, the net lines and a customer's status, and no discount", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  const [sent] = requestsTo(world, "POST", "/Conversions");
  expect(Object.fromEntries(sent?.form ?? [])).toEqual({
    CampaignId: "1000",
    EventTypeId: "4000",
    EventDate: "2026-11-23T10:00:01+00:00",
    OrderId: orderId,
    OrderPromoCode: "ANNA10",
    CurrencyCode: "USD",
    CustomerStatus: "NEW",
    // SHA-1 of kim@example.com.
    CustomerEmail: "bb081606b66773511e0d80117af1f70ab353c307",
    ItemSku1: "MUG",
    ItemName1: "Mug",
    ItemCategory1: "Drinkware",
    ItemBrand1: "Tea House",
    ItemQuantity1: "1",
    ItemSubTotal1: "18.00",
    ItemSku2: "KETTLE",
    ItemName2: "Kettle",
    ItemCategory2: "Kitchen",
    ItemBrand2: "Tea House",
    ItemQuantity2: "1",
    ItemSubTotal2: "44.10",
  });
});

test("a customer who bought before is told as one", async () => {
  const world = await worldWithCodes();
  await buyAndDeliver(world, { codes: ["ANNA10"] });
  await buyAndDeliver(world, { codes: ["BEN10"] });
  const statuses = requestsTo(world, "POST", "/Conversions").map(({ form }) =>
    form.get("CustomerStatus"),
  );
  expect(statuses).toEqual(["NEW", "EXISTING"]);
});

const PASSING: [what: string, trouble: (world: World) => void, problem: RegExp][] = [
  [
    "a 503 with HTML",
    ({ impact }) => impact.faults.failNext(1, 503, sending),
    /could not be reached/,
  ],
  [
    "a 500 with an envelope",
    ({ impact }) => impact.faults.failNext(1, 500, sending),
    /could not be reached/,
  ],
  [
    "a hang-up before it was taken",
    ({ impact }) => impact.faults.hangUpBeforeAccepting(1, sending),
    /could not be reached/,
  ],
  [
    "a used-up hour",
    ({ impact }) => impact.faults.rateLimitNext(1, sending),
    /hourly limit is used up/,
  ],
  [
    "Shopify out of order",
    ({ shopify }) => shopify.faults.failNext(1, 503),
    /Shopify could not be reached/,
  ],
  [
    "Shopify throttling for long",
    ({ shopify }) => shopify.faults.throttleNext(5),
    /Shopify asks us to slow down/,
  ],
];

test.each(PASSING)(
  "%s makes an order wait with the reason, and then it goes out once",
  async (_what, trouble, problem) => {
    const { world, orderId } = await orderInTrouble(trouble);
    expect(await standingOf(world, orderId)).toMatchObject({
      state: "waiting",
      reason: "trying-again",
      sentence: expect.stringMatching(problem) as string,
    });
    await world.drain();
    expect(actionsOf(world.impactState, orderId)).toHaveLength(1);
    expect(await standingOf(world, orderId)).toMatchObject({
      state: "reported",
      reason: "credited",
    });
  },
);

test("credentials that no longer hold make orders wait, and mended ones let them out", async () => {
  const { world, orderId } = await orderInTrouble(({ account }) => {
    for (const token of account.tokens) token.secret = "renewed";
  });
  expect(await standingOf(world, orderId)).toMatchObject({
    reason: "trying-again",
    sentence: expect.stringMatching(/doesn't accept these credentials/) as string,
  });
  const { domain: shop, ports } = world;
  await connectImpact(ports, { shop, ...CREDENTIALS, authToken: "renewed" });
  await world.drain();
  expect(whoWasPaid(world.impactState, orderId)).toMatchObject({ partnerId: "10001" });
});

test("a token that may not submit conversions says which boxes to tick", async () => {
  const { world, orderId } = await orderInTrouble(({ account }) => {
    for (const token of account.tokens) token.scopes = ["Retrieve campaigns/campaign"];
  });
  expect(await standingOf(world, orderId)).toMatchObject({
    reason: "trying-again",
    sentence: expect.stringMatching(/tick .*Conversions/) as string,
  });
});

test("what impact.com refuses outright fails with its words and is not sent again by itself", async () => {
  const { world, orderId } = await orderInTrouble(({ impact }) =>
    impact.faults.failNext(1, 400, sending),
  );
  expect(await standingOf(world, orderId)).toMatchObject({
    state: "failed",
    reason: "refused",
    sentence: expect.stringMatching(/impact\.com refused it: .*\.$/) as string,
  });
  await world.drain();
  expect(requestsTo(world, "POST", "/Conversions")).toHaveLength(1);
});

test("an order that Shopify no longer knows is reported without what only Shopify could tell", async () => {
  const { world, orderId } = await orderInTrouble(({ shop }) => {
    shop.orders = [];
  });
  await world.drain();
  const [sent] = requestsTo(world, "POST", "/Conversions");
  expect(sent?.form.get("CustomerStatus")).toBeNull();
  expect(sent?.form.get("ItemCategory1")).toBe("Uncategorized");
  expect(whoWasPaid(world.impactState, orderId)).toMatchObject({ partnerId: "10001" });
});

test("after 85 days of failures a conversion is given up as too late, with the last cause", async () => {
  const { world, orderId } = await orderInTrouble(({ impact }) =>
    impact.faults.failNext(99, 503, sending),
  );
  world.clock.pass(85 * DAY);
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({
    state: "failed",
    reason: "too-late",
    sentence: expect.stringMatching(/takes an order\. impact\.com could not be reached/) as string,
  });
  expect(requestsTo(world, "POST", "/Conversions")).toHaveLength(2);
});

test("two senders at once send once", async () => {
  const { world, orderId } = await orderInTrouble(({ impact }) =>
    impact.faults.failNext(1, 503, sending),
  );
  const { id: conversionId } = await conversionOf(world, orderId);
  const { domain: shop, ports } = world;
  await Promise.all(
    Array.from({ length: 5 }, () =>
      sendConversions(ports, { shop, conversionIds: [conversionId] }),
    ),
  );
  await world.drain();
  // The failed one and one more.
  expect(requestsTo(world, "POST", "/Conversions")).toHaveLength(2);
  expect(await world.prisma.submission.count()).toBe(1);
});

test("a job that meets another's lease comes back when it ends, so a dead sender loses nothing", async () => {
  const { world, orderId } = await orderInTrouble(({ impact }) =>
    impact.faults.failNext(1, 503, sending),
  );
  const { id: conversionId } = await conversionOf(world, orderId);
  const { domain: shop, ports, clock } = world;
  const now = clock.now();
  const until = new Date(now.getTime() + 2 * MINUTE);
  await ports.store.conversions.claimAll(shop, [conversionId], { now, until });

  await world.drain();
  expect(clock.now().getTime()).toBeGreaterThanOrEqual(until.getTime());
  expect(actionsOf(world.impactState, orderId)).toHaveLength(1);
});

test("a sender that died holds its conversion for its lease and no longer", async () => {
  const { world, orderId } = await orderInTrouble(({ impact }) =>
    impact.faults.failNext(1, 503, sending),
  );
  const { id: conversionId } = await conversionOf(world, orderId);
  const { domain: shop, ports, clock } = world;
  const now = clock.now();
  const until = new Date(now.getTime() + 2 * MINUTE);
  expect(await ports.store.conversions.claimAll(shop, [conversionId], { now, until })).toHaveLength(
    1,
  );

  clock.pass(MINUTE);
  await sendConversions(ports, { shop, conversionIds: [conversionId] });
  expect(requestsTo(world, "POST", "/Conversions")).toHaveLength(1);

  clock.pass(MINUTE + 1);
  await sendConversions(ports, { shop, conversionIds: [conversionId] });
  expect(actionsOf(world.impactState, orderId)).toHaveLength(1);
});

test("a conversion that was sent is not sent again by a job that comes twice", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  const { id: conversionId } = await conversionOf(world, orderId);
  await sendConversions(world.ports, { shop: world.domain, conversionIds: [conversionId] });
  expect(requestsTo(world, "POST", "/Conversions")).toHaveLength(1);
});

test("the customer's hash is gone once the conversion is settled", async () => {
  const { world, orderId } = await orderInTrouble(({ impact }) =>
    impact.faults.failNext(1, 503, sending),
  );
  expect((await conversionOf(world, orderId)).emailSha1).toMatch(/^[0-9a-f]{40}$/);
  await world.drain();
  expect((await conversionOf(world, orderId)).emailSha1).toBeNull();
  const order = await world.ports.store.orders.find(world.domain, orderId);
  expect(order?.facts.emailSha1).toBeNull();
});
