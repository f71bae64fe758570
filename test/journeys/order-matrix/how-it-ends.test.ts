import { expect, test } from "vitest";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { placedWebhooks } from "#test/sandbox/shopify/orders/order-webhook.ts";
import { ANNA, ignored, matrixShop, REPORTED, REVERSED, type MatrixShop } from "./matrix-shop.ts";

test("unpaid then paid: by default it is reported when it is placed, and once", async () => {
  const shop = await matrixShop();
  const order = await shop.sell({ financialStatus: "pending" });
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 6_210 });
  await shop.happens(shop.staff.markPaid(order));
  expect(actionsOf(shop.world.impactState, order.id)).toHaveLength(1);
  expect(await shop.ledger(order)).toEqual(REPORTED);
});

test("unpaid then paid: where the merchant wants payment first, it waits for it", async () => {
  const shop = await matrixShop();
  await reportWhenPaid(shop);
  const order = await shop.sell({ financialStatus: "pending" });
  expect(await shop.ledger(order)).toEqual({ state: "waiting", reason: "not-paid" });
  expect(actionsOf(shop.world.impactState)).toEqual([]);
  await shop.happens(shop.staff.markPaid(order));
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 6_210 });
  expect(await shop.ledger(order)).toEqual(REPORTED);
});

const NEVER_PAID = ["voided", "expired"] as const;

test.each(NEVER_PAID)(
  "never paid: an authorization that is %s ends the wait, and nobody is paid",
  async (as) => {
    const shop = await matrixShop();
    await reportWhenPaid(shop);
    const order = await shop.sell({ financialStatus: "authorized" });
    await shop.happens(shop.staff.voidPayment(order, as));
    expect(order.payload["financial_status"]).toBe(as);
    expect(await shop.ledger(order)).toEqual(ignored("never-paid"));
    expect(actionsOf(shop.world.impactState)).toEqual([]);
  },
);

test.each(NEVER_PAID)(
  "%s after report: what was reported on creation is taken back",
  async (as) => {
    const shop = await matrixShop();
    const order = await shop.sell({ financialStatus: "authorized" });
    expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 6_210 });
    await shop.happens(shop.staff.voidPayment(order, as));
    expect(shop.paid(order)).toMatchObject({ state: "REVERSED", amountMinor: 0 });
    expect(await shop.ledger(order)).toEqual(REVERSED);
  },
);

async function reportWhenPaid({ world }: MatrixShop): Promise<void> {
  const settings = { reportWhen: "paid", amountBasis: "net" } as const;
  await world.ports.store.shops.saveReportSettings(world.domain, settings);
}

test("cancelled before report: it is ignored and nobody is told of it", async () => {
  const shop = await matrixShop();
  const order = shop.order();
  await shop.arrives(placedWebhooks(order));
  await shop.happens(shop.staff.cancel(order, { reason: "customer", refund: true }));
  expect(actionsOf(shop.world.impactState)).toEqual([]);
  expect(await shop.ledger(order)).toEqual(ignored("cancelled"));
});

test.each([true, false])(
  "cancelled after report: the action is reversed, with the money given back or not (%s)",
  async (refund) => {
    const shop = await matrixShop();
    const order = await shop.sell();
    await shop.happens(shop.staff.cancel(order, { reason: "customer", refund }));
    expect(shop.paid(order)).toMatchObject({ state: "REVERSED", amountMinor: 0, payoutMinor: 0 });
    expect(await shop.ledger(order)).toEqual(REVERSED);
  },
);

test("fraudulent: a cancellation for fraud is reversed as fraud", async () => {
  const shop = await matrixShop();
  const order = await shop.sell();
  await shop.happens(shop.staff.cancel(order, { reason: "fraud", refund: true }));
  expect(shop.paid(order)).toMatchObject({ state: "REVERSED", amountMinor: 0 });
  const [reversal] = shop.world.impact.requests.filter(({ method }) => method === "DELETE");
  expect(JSON.stringify(reversal)).toContain("CONS_FRAUD");
  expect(await shop.ledger(order)).toEqual(REVERSED);
});

test("archived: closing an order changes nothing", async () => {
  const shop = await matrixShop();
  const order = await shop.sell();
  await shop.happens(shop.staff.archive(order));
  expect(order.payload["closed_at"]).not.toBeNull();
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 6_210 });
  expect(await shop.ledger(order)).toEqual(REPORTED);
});

test("deleted after report: the action is reversed", async () => {
  const shop = await matrixShop();
  const order = await shop.sell();
  await shop.happens(shop.staff.delete(order));
  expect(shop.paid(order)).toMatchObject({ state: "REVERSED", amountMinor: 0 });
  expect(await shop.ledger(order)).toEqual(REVERSED);
});

test("deleted before report: it is ignored", async () => {
  const shop = await matrixShop();
  const order = shop.order();
  await shop.arrives(placedWebhooks(order));
  await shop.happens(shop.staff.delete(order));
  expect(actionsOf(shop.world.impactState)).toEqual([]);
  expect(await shop.ledger(order)).toEqual(ignored("deleted"));
});
