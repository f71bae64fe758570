import { expect, test } from "vitest";
import { creditAll } from "#app/core/conversions/credit-all.ts";
import { checkSubmission } from "#app/core/conversions/check-submission.ts";
import type { Conversion } from "#app/core/conversions/conversion.ts";
import { giveUpOverdue } from "#app/core/conversions/give-up-overdue.ts";
import { startReconciliation } from "#app/core/ledger/start-reconciliation.ts";
import { retryOrder } from "#app/core/orders/retry-order.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import { sendAdjustmentJob } from "#app/jobs/send-adjustment.ts";
import { sendConversionJob } from "#app/jobs/send-conversion.ts";
import { saveOverrideNow } from "#test/core/given/just-opened.ts";
import {
  CLICKED,
  clickOf,
  shareEvenly,
  shareOrders,
  trackClicksOf,
} from "#test/core/given/shared-orders.ts";
import { requestsTo, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { addContract } from "#test/sandbox/impact/create-state.ts";
import { heldAt } from "#test/sandbox/impact/held-at.ts";
import { actionsOf, whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import {
  buy,
  buyAndDeliver,
  deliver,
  orderIdOf,
  variantOf,
  webhookFor,
} from "#test/support/shopper.ts";
import { deliverAll, lineOf, staffOf } from "#test/support/shopify-staff.ts";
import { PROGRAM_ID, type World, type WorldOptions } from "#test/support/world.ts";
import { finallyPaidFor } from "./order-matrix/finally-paid.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const LEASE_MS = 120_000;

/** It comes from where impact.com pays nobody, which no code of the order changes anything about. */
function restrictCleosClick(world: World): void {
  const startsAt = new Date("2026-01-01T00:00:00Z");
  const contract = { programId: PROGRAM_ID, payoutPercent: 10, startsAt, state: "ACTIVE" as const };
  addContract(world.account, "10003", { ...contract, referralDays: 30 });
  clickOf(world, "10003", "cleos-click");
  for (const one of world.account.clicks) one.isRestricted = one.id === "cleos-click";
}

/** As its sentence asks for. */
function liftRestriction({ account }: World): void {
  for (const one of account.clicks) one.isRestricted = false;
}

/** A mug (18.00) and a kettle (44.10) with Anna's code after Ben's click; nothing is run yet. */
async function sharedOrder({
  clickId = "click-1",
  ...options
}: WorldOptions & { clickId?: string } = {}) {
  const world = await worldWithCodes(options);
  await trackClicksOf(world, "10002");
  clickOf(world, "10002");
  restrictCleosClick(world);
  await shareOrders(world, [55, 45]);
  const order = buy(world, { codes: ["ANNA10"], cartAttributes: { irclickid: clickId } });
  const webhook = webhookFor(world, order);
  await deliver(world, webhook);
  const orderId = orderIdOf(order);
  const actionOf = (key: string) => whoWasPaid(world.impactState, `${orderId}-${key}`);
  const happens = async (webhooks: Parameters<typeof deliverAll>[1]) => {
    world.clock.pass(60 * MINUTE);
    await deliverAll(world, webhooks);
    await world.drain();
  };
  return { world, order, orderId, webhook, actionOf, happens, staff: staffOf(world) };
}

const held = (world: World, orderId: string) => ({
  code: heldAt(world.impactState, `${orderId}-code`).amountMinor,
  click: heldAt(world.impactState, `${orderId}-click`).amountMinor,
  whole: heldAt(world.impactState, orderId).amountMinor,
});

test("an order that a code and a click share is two actions: one by the code alone, one by the click alone", async () => {
  const { world, orderId, actionOf } = await sharedOrder();
  await world.drain();
  expect(actionOf("code")).toMatchObject({
    ...{ partnerId: "10001", because: "promo code", code: "ANNA10", state: "PENDING" },
    items: [
      { sku: "MUG", quantity: 1, amountMinor: 990 },
      { sku: "KETTLE", quantity: 1, amountMinor: 2_426 },
    ],
  });
  expect(actionOf("click")).toMatchObject({
    ...{ partnerId: "10002", because: "click", code: "", state: "PENDING" },
    items: [
      { sku: "MUG", quantity: 1, amountMinor: 810 },
      { sku: "KETTLE", quantity: 1, amountMinor: 1_984 },
    ],
  });
  const forms = requestsTo(world, "POST", "/Conversions").map(({ body }) => body);
  const has = (name: string) => forms.filter((body) => body.includes(`${name}=`)).length;
  expect([forms.length, has("OrderPromoCode"), has("ClickId")]).toEqual([2, 1, 1]);
  expect(actionsOf(world.impactState, orderId)).toEqual([]);
  expect(await standingOf(world, orderId)).toEqual({
    ...{ state: "reported", reason: "credited" },
    sentence: "Anna Able (55%) and Ben Baker (45%) share it. impact.com has credited it.",
  });
});

test.each(["USD", "JPY", "KWD"])(
  "a shared order in %s, refunded by half, edited up, then cancelled: both actions are right at each step",
  async (currency) => {
    const { world, order, orderId, happens, staff } = await sharedOrder({ currency });
    await world.drain();
    expect(held(world, orderId)).toEqual({ code: 3_416, click: 2_794, whole: 6_210 });

    await happens(staff.refund(order, { amountMinor: 3_105 }));
    expect(held(world, orderId)).toEqual({ code: 1_708, click: 1_397, whole: 3_105 });
    expect(await standingOf(world, orderId)).toMatchObject({ reason: "adjusted" });

    await happens(
      staff.edit(order, { add: [{ variantId: variantOf(world.shop, "Mug"), quantity: 1 }] }),
    );
    const raised = held(world, orderId);
    expect(raised.whole).toBe(finallyPaidFor(order, "net"));
    expect(raised.whole).toBeGreaterThan(3_105);
    expect(raised.code + raised.click).toBe(raised.whole);
    expect(Math.abs(raised.code - 0.55 * raised.whole)).toBeLessThanOrEqual(2);

    await happens(staff.cancel(order, { reason: "customer", refund: true }));
    expect(held(world, orderId)).toEqual({ code: 0, click: 0, whole: 0 });
    expect(actionsOf(world.impactState).map(({ reversed }) => reversed)).toEqual([true, true]);
    expect(await standingOf(world, orderId)).toMatchObject({
      state: "reported",
      reason: "reversed",
    });
  },
);

test("a kettle sent back is taken from both, and the ledger counts one order all the while", async () => {
  const { world, order, orderId, happens, staff } = await sharedOrder();
  await world.drain();
  const kettle = { lineItemId: lineOf(order, "KETTLE"), quantity: 1 };
  await happens(staff.refund(order, { lines: [kettle] }));
  expect(held(world, orderId)).toEqual({ code: 990, click: 810, whole: 1_800 });
  const counts = await world.ports.store.orders.countByState(world.domain);
  expect(counts).toEqual({ reported: 1, ignored: 0, waiting: 0, failed: 0 });
});

test("one of two is refused: its part fails by name, the other stands, and trying again sends that one alone", async () => {
  const { world, orderId, actionOf } = await sharedOrder({ clickId: "cleos-click" });
  await world.drain();
  expect(actionOf("code")).toMatchObject({ partnerId: "10001", amountMinor: 3_416 });
  expect(actionOf("click")).toMatchObject({ unpaid: "BLACKLISTED_SOURCE_IP" });
  const standing = await standingOf(world, orderId);
  expect(standing).toMatchObject({ state: "failed", reason: "not-credited" });
  expect(standing?.sentence).toMatch(
    /ANNA10's part is credited\. The click's part was credited to nobody\. The customer's country or address is restricted/,
  );

  liftRestriction(world);
  expect(await retryOrder(world.ports, { shop: world.domain, orderId })).toMatchObject({
    ok: true,
  });
  await world.drain();
  expect(actionOf("click")).toMatchObject({ partnerId: "10003", amountMinor: 2_794 });
  expect(requestsTo(world, "POST", "/Conversions")).toHaveLength(3);
});

test("a refund while one part has failed changes the other, and what is sent again is what is left", async () => {
  const { world, order, orderId, happens, staff } = await sharedOrder({
    clickId: "cleos-click",
  });
  await world.drain();
  await happens(staff.refund(order, { amountMinor: 3_105 }));
  expect(held(world, orderId)).toEqual({ code: 1_708, click: 0, whole: 1_708 });
  expect(await standingOf(world, orderId)).toMatchObject({ state: "failed" });
  liftRestriction(world);
  await retryOrder(world.ports, { shop: world.domain, orderId });
  await world.drain();
  expect(held(world, orderId)).toEqual({ code: 1_708, click: 1_397, whole: 3_105 });
  expect(await standingOf(world, orderId)).toMatchObject({ state: "reported", reason: "adjusted" });
});

/** Anna's code waits for its registration: the click's part goes out before the code's. */
async function halfSent() {
  const given = await sharedOrder();
  const { world, orderId } = given;
  await world.prisma.code.updateMany({
    where: { code: "ANNA10" },
    data: { impactState: "planned" },
  });
  await world.drain();
  expect(held(world, orderId)).toEqual({ code: 0, click: 2_794, whole: 2_794 });
  expect(await standingOf(world, orderId)).toEqual({
    ...{ state: "waiting", reason: "code-not-registered" },
    sentence:
      "Anna Able (55%) and Ben Baker (45%) share it. ANNA10's part waits until the code is registered at impact.com. The click's part is credited.",
  });
  return given;
}

test("cancelled after one part went out and before the other did: the one is reversed, the other never sent", async () => {
  const { world, order, orderId, happens, staff } = await halfSent();
  await happens(staff.cancel(order, { reason: "customer", refund: true }));
  expect(held(world, orderId)).toEqual({ code: 0, click: 0, whole: 0 });
  expect(requestsTo(world, "POST", "/Conversions")).toHaveLength(1);
  expect(await standingOf(world, orderId)).toMatchObject({ state: "reported", reason: "reversed" });
});

test("a part that waited goes out with what is left of the order by then", async () => {
  const { world, order, orderId, happens, staff } = await halfSent();
  await happens(staff.refund(order, { amountMinor: 3_105 }));
  const [code] = await world.prisma.code.findMany({ where: { code: "ANNA10" } });
  const payload = { shop: world.domain, codeId: code?.id ?? "" };
  await world.ports.store.queue.send("register-code", payload);
  await world.drain();
  expect(held(world, orderId)).toEqual({ code: 1_708, click: 1_397, whole: 3_105 });
  expect(await standingOf(world, orderId)).toMatchObject({ state: "reported", reason: "adjusted" });
});

test("everything sent back before one part went out, then something added: that part is reported by a number of its own", async () => {
  const { world, order, orderId, happens, staff } = await halfSent();
  const lines = ["MUG", "KETTLE"].map((sku) => ({ lineItemId: lineOf(order, sku), quantity: 1 }));
  await happens(staff.refund(order, { lines }));
  expect(await standingOf(world, orderId)).toMatchObject({ state: "reported", reason: "reversed" });
  await world.prisma.code.updateMany({
    where: { code: "ANNA10" },
    data: { impactState: "registered" },
  });
  await happens(
    staff.edit(order, { add: [{ variantId: variantOf(world.shop, "Mug"), quantity: 1 }] }),
  );
  expect(held(world, orderId).whole).toBe(finallyPaidFor(order, "net"));
  expect(actionsOf(world.impactState).map((action) => action.orderId)).toEqual([
    `${orderId}-click`,
    `${orderId}-code-2`,
    `${orderId}-click-2`,
  ]);
});

test("an account that was disconnected in between: connected again, the part that waited goes out although the other has failed", async () => {
  const { world, orderId } = await sharedOrder({ clickId: "cleos-click" });
  const { ports, domain } = world;
  await world.prisma.code.updateMany({
    where: { code: "ANNA10" },
    data: { impactState: "planned" },
  });
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({ state: "failed" });
  await world.prisma.conversion.updateMany({
    where: { share: "code" },
    data: { standing: "not-connected" },
  });
  await world.prisma.code.updateMany({
    where: { code: "ANNA10" },
    data: { impactState: "registered" },
  });
  const waiting = { shop: domain, reason: "not-connected", after: null } as const;
  await ports.store.queue.send("take-up-waiting", waiting);
  await world.drain();
  expect(held(world, orderId)).toEqual({ code: 3_416, click: 0, whole: 3_416 });
});

test("a part that waits past impact.com's limit ends as too late, although the other has failed before", async () => {
  const { world, orderId } = await sharedOrder({ clickId: "cleos-click" });
  await world.prisma.code.updateMany({
    where: { code: "ANNA10" },
    data: { impactState: "planned" },
  });
  await world.drain();
  world.clock.pass(90 * DAY);
  await giveUpOverdue(world.ports.store, world.domain, world.clock.now());
  await world.drain(MINUTE);
  const standing = await standingOf(world, orderId);
  expect(standing?.sentence).toContain("ANNA10's part could not be sent in time.");
});

/** The world with a worker that dies at the click's part: before or after impact.com has it. */
function dyingAt(
  { ports }: World,
  when: "before" | "after",
): { ports: Ports; died: Promise<void> } {
  let die: () => void = () => undefined;
  const died = new Promise<void>((resolve) => (die = resolve));
  const submitConversion: Ports["impact"]["submitConversion"] = async (credentials, conversion) => {
    const isIt = conversion.impactOrderId.endsWith("-click");
    if (!isIt) return ports.impact.submitConversion(credentials, conversion);
    if (when === "after") await ports.impact.submitConversion(credentials, conversion);
    die();
    return new Promise<never>(() => undefined);
  };
  return { ports: { ...ports, impact: { ...ports.impact, submitConversion } }, died };
}

test.each(["before", "after"] as const)(
  "a worker killed between the two, %s impact.com had the second: both end as one action each",
  async (when) => {
    const { world, orderId } = await sharedOrder();
    world.shopify.faults.failNext(1, 503);
    await world.drain(0);
    const conversions = await world.ports.store.conversions.listForOrder(world.domain, orderId);
    const conversionIds = conversions.map(({ id }: Conversion) => id);
    const { ports, died } = dyingAt(world, when);
    void sendConversionJob.run(ports, { shop: world.domain, conversionIds });
    await died;
    world.clock.pass(LEASE_MS + 1);
    await world.drain();
    expect(held(world, orderId)).toEqual({ code: 3_416, click: 2_794, whole: 6_210 });
    expect(actionsOf(world.impactState)).toHaveLength(2);
    expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
  },
);

/** The world with a worker that dies at a change: before or after impact.com has it. */
function dyingAtChange(
  { ports }: World,
  when: "before" | "after",
): { ports: Ports; died: Promise<void> } {
  let die: () => void = () => undefined;
  const died = new Promise<void>((resolve) => (die = resolve));
  const submitAdjustment: Ports["impact"]["submitAdjustment"] = async (...change) => {
    if (when === "after") await ports.impact.submitAdjustment(...change);
    die();
    return new Promise<never>(() => undefined);
  };
  return { ports: { ...ports, impact: { ...ports.impact, submitAdjustment } }, died };
}

function suspend({ account }: World, partnerId: string): void {
  for (const partner of account.partners) {
    if (partner.id === partnerId) partner.state = "SUSPENDED";
  }
}

test.each(["before", "after"] as const)(
  "where impact.com would not pay the click, the code's action is raised to the whole, and once, though a worker dies %s impact.com had the change: a refund follows",
  async (when) => {
    const { world, order, orderId, webhook, happens, staff } = await sharedOrder();
    suspend(world, "10002");
    world.impactState.rules.submissionDelayMs = MINUTE;
    await world.drain(0);
    world.clock.pass(MINUTE);
    const { ports: given, domain: shop } = world;
    const [code, click] = await given.store.conversions.listForOrder(shop, orderId);
    if (!code || !click) throw new Error("it is not shared");
    const submissionOf = async ({ id }: Conversion) => {
      const [submission] = await given.store.conversions.listSubmissions(shop, [id]);
      if (!submission) throw new Error("it was not sent");
      return submission;
    };
    const { submissionId } = await submissionOf(click);
    await checkSubmission(given, { shop, submissionId });
    // Its outcome was asked for before the click was refused, and is written down only now.
    await creditAll(given, shop, [{ submission: await submissionOf(code), conversion: code }]);
    const [change] = await world.prisma.adjustment.findMany();
    expect(change).toMatchObject({ kind: "modification", fromMinor: 3_416n, toMinor: 6_210n });
    const { ports, died } = dyingAtChange(world, when);
    const adjustmentId = change?.id ?? "";
    void sendAdjustmentJob.run(ports, { shop: world.domain, adjustmentId });
    await died;
    world.clock.pass(LEASE_MS + 1);
    await deliver(world, webhook);
    await world.drain();
    expect(held(world, orderId)).toEqual({ code: 6_210, click: 0, whole: 6_210 });
    expect(actionsOf(world.impactState)).toHaveLength(1);
    expect(await standingOf(world, orderId)).toEqual({
      ...{ state: "reported", reason: "adjusted" },
      sentence:
        "Anna Able earned it with ANNA10. impact.com has credited it, and knows what was changed or refunded since.",
    });
    await happens(staff.refund(order, { amountMinor: 3_105 }));
    expect(held(world, orderId)).toEqual({ code: 3_105, click: 0, whole: 3_105 });
  },
);

test("a refused click whose part stood for a code that lost to it: both codes are paid as without it, through a refund and a cancellation", async () => {
  const world = await worldWithCodes();
  restrictCleosClick(world);
  liftRestriction(world);
  await shareEvenly(world);
  const { ports, domain: shop } = world;
  const ofBens = { shop, scope: "code" as const, subject: "BEN10", meeting: "code-without-click" };
  await saveOverrideNow(ports, { ...ofBens, days: "", codePercent: "", clickPercent: "" });
  world.clock.pass(1_000);
  suspend(world, "10003");
  const order = buy(world, {
    codes: ["ANNA10", "BEN10"],
    cartAttributes: { irclickid: "cleos-click" },
  });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  const orderId = orderIdOf(order);
  const paid = () =>
    ["code", "code2", "click"].map(
      (key) => heldAt(world.impactState, `${orderId}-${key}`).amountMinor,
    );
  expect(paid()).toEqual([2_760, 2_760, 0]);
  const names = (await ports.store.conversions.listForOrder(shop, orderId)).map(
    ({ share, code, part }) => [share, code, part?.weights],
  );
  expect(names).toEqual([
    ["code", "ANNA10", [1, 1]],
    ["code-2", "BEN10", [1, 1]],
  ]);
  expect(await standingOf(world, orderId)).toMatchObject({
    state: "reported",
    sentence: expect.stringMatching(/^Anna Able \(50%\) and Ben Baker \(50%\) share it/) as string,
  });
  const happens = async (webhooks: Parameters<typeof deliverAll>[1]) => {
    await deliverAll(world, webhooks);
    await world.drain();
  };
  await happens(staffOf(world).refund(order, { amountMinor: 1_001 }));
  expect(paid().reduce((sum, minor) => sum + minor)).toBe(finallyPaidFor(order, "net"));
  await happens(staffOf(world).cancel(order, { reason: "customer", refund: true }));
  expect(paid()).toEqual([0, 0, 0]);
  expect(await ports.store.orders.countByState(shop)).toMatchObject({ failed: 0, waiting: 0 });
});

test("deliveries that come twice, and orders decided again, bring no third action", async () => {
  const { world, order, orderId, webhook } = await sharedOrder();
  await deliver(world, webhook);
  await world.drain();
  await deliver(world, webhookFor(world, order, { topic: "orders/updated" }));
  const jobs = [{ payload: { shop: world.domain, orderId } }];
  await world.ports.store.queue.sendAll("process-order", jobs);
  await world.drain();
  expect(actionsOf(world.impactState)).toHaveLength(2);
  expect(held(world, orderId)).toEqual({ code: 3_416, click: 2_794, whole: 6_210 });
});

test("whose click it is, impact.com alone may know: its outcome says so, asked for by itself or listed with others", async () => {
  const { world, orderId } = await sharedOrder();
  const partnersOf = async (id: typeof orderId) => {
    const parts = await world.ports.store.conversions.listForOrder(world.domain, id);
    return parts.map(({ share, state, partnerId }) => [share, state, partnerId]);
  };
  const known = [
    ["code", "credited", "10001"],
    ["click", "credited", "10002"],
  ];
  await world.drain();
  expect((await partnersOf(orderId)).toSorted()).toEqual(known.toSorted());

  const bought = { codes: ["ANNA10"], cartAttributes: CLICKED };
  const others = Array.from({ length: 3 }, () => buy(world, bought));
  for (const order of others) await deliver(world, webhookFor(world, order));
  await world.drain(undefined, { inBatches: true });
  for (const order of others) {
    expect((await partnersOf(orderIdOf(order))).toSorted()).toEqual(known.toSorted());
    expect((await standingOf(world, orderIdOf(order)))?.sentence).toContain("Ben Baker (45%)");
  }
});

test("a reconciliation finds both actions, and of one that differs, that one alone", async () => {
  const { world, orderId } = await sharedOrder();
  await world.drain();
  world.clock.pass(2 * DAY);
  const compare = async () => {
    world.clock.pass(MINUTE);
    await startReconciliation(world.ports, { shop: world.domain, kind: "actions" });
    await world.drain();
    const found = await world.ports.store.differences.list(world.domain, { limit: 9 });
    return found.map(({ kind, impactOrderId, ourPartnerId }) => [
      kind,
      impactOrderId,
      ourPartnerId,
    ]);
  };
  expect(await compare()).toEqual([]);
  const [item] = actionsOf(world.impactState, `${orderId}-click`)[0]?.items ?? [];
  if (!item) throw new Error("no item");
  item.amountMinor += 100;
  expect(await compare()).toEqual([["other-amount", `${orderId}-click`, "10002"]]);
});

test("the merchant's rule splits evenly between two partners' codes: each code is an action of its own", async () => {
  const world = await worldWithCodes();
  await shareEvenly(world);
  const order = buy(world, { codes: ["BEN10", "ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  const orderId = orderIdOf(order);
  const paid = finallyPaidFor(order, "net");
  const [ben, anna] = ["code", "code2"].map((key) =>
    whoWasPaid(world.impactState, `${orderId}-${key}`),
  );
  expect(ben).toMatchObject({ partnerId: "10002", code: "BEN10" });
  expect(anna).toMatchObject({ partnerId: "10001", code: "ANNA10" });
  expect(heldAt(world.impactState, orderId).amountMinor).toBe(paid);
  await deliverAll(world, staffOf(world).cancel(order, { reason: "customer", refund: true }));
  await world.drain();
  expect(heldAt(world.impactState, orderId).amountMinor).toBe(0);
  expect(await standingOf(world, orderId)).toEqual({
    ...{ state: "reported", reason: "reversed" },
    sentence:
      "Ben Baker (50%) and Anna Able (50%) share it. It was taken back at impact.com because the order was cancelled or returned.",
  });
});

test("a part that an order decided anew gives nothing any more is reversed as another partner's, and stays so", async () => {
  const world = await worldWithCodes();
  await shareEvenly(world);
  const order = buy(world, { codes: ["ANNA10", "BEN10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  const orderId = orderIdOf(order);
  const { ports, domain: shop } = world;
  const parts = await ports.store.conversions.listForOrder(shop, orderId);
  for (const [position, { id }] of parts.entries()) {
    await ports.store.conversions.savePart(shop, id, { weights: [1, 0], position });
  }
  const again = async () => {
    const jobs = [{ payload: { shop, orderId } }];
    await ports.store.queue.sendAll("process-order", jobs);
    await world.drain();
  };
  await again();
  const paid = () =>
    ["code", "code2"].map((key) => heldAt(world.impactState, `${orderId}-${key}`).amountMinor);
  expect(paid()).toEqual([finallyPaidFor(order, "net"), 0]);
  const [reversal] = requestsTo(world, "DELETE", "/Actions");
  expect(reversal?.body).toContain("DispositionCode=CREDITED_DIFFERENT_MP");
  await deliverAll(world, staffOf(world).refund(order, { amountMinor: 1_000 }));
  await again();
  expect(paid()).toEqual([finallyPaidFor(order, "net"), 0]);
  expect(actionsOf(world.impactState)).toHaveLength(2);
});

test("one part was not credited and the other not changed: trying again mends both at once", async () => {
  const given = await sharedOrder({ clickId: "cleos-click" });
  const { world, order, orderId, happens, staff } = given;
  await world.drain();
  const [action] = actionsOf(world.impactState, `${orderId}-code`);
  if (!action) throw new Error("no action");
  action.modifications = 1_000;
  await happens(staff.refund(order, { amountMinor: 3_105 }));
  const standing = await standingOf(world, orderId);
  expect(standing).toMatchObject({ state: "failed", reason: "not-adjusted" });
  expect(standing?.sentence).toMatch(
    /ANNA10's part was not changed.*The click's part was credited/,
  );

  action.modifications = 0;
  liftRestriction(world);
  await retryOrder(world.ports, { shop: world.domain, orderId });
  await world.drain();
  expect(held(world, orderId)).toEqual({ code: 1_708, click: 1_397, whole: 3_105 });
  expect(await standingOf(world, orderId)).toMatchObject({ state: "reported", reason: "adjusted" });
});

test("a shared order that could not be read for a while stands as its parts do once it is read", async () => {
  const { world, order, orderId } = await sharedOrder();
  await world.drain();
  const unreadable = { state: "failed", reason: "unreadable", problem: "Why." } as const;
  const { orders } = world.ports.store;
  await orders.saveStatus(world.domain, orderId, unreadable, world.clock.now());
  await deliver(world, webhookFor(world, order, { topic: "orders/updated" }));
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({ state: "reported", reason: "credited" });
});

test("the code changes hands before anything went out: the new partner's part is the code's", async () => {
  const { world, orderId } = await sharedOrder();
  world.shopify.faults.failNext(1, 503);
  await world.drain(0);
  await world.prisma.assignment.updateMany({
    where: { code: { code: "ANNA10" } },
    data: { partnerId: "10003" },
  });
  await world.drain();
  const parts = await world.ports.store.conversions.listForOrder(world.domain, orderId);
  expect(parts.map(({ share, partnerId }) => [share, partnerId])).toEqual([
    ["code", "10003"],
    ["click", "10002"],
  ]);
});

test("a part is not sent where impact.com pays the whole order already, and goes out once it no longer does", async () => {
  const { world, orderId } = await sharedOrder();
  const like = await buyAndDeliver(world, { codes: ["ANNA10"] });
  const [theirs] = actionsOf(world.impactState, like);
  if (!theirs) throw new Error("no action");
  const order = buy(world, { codes: ["ANNA10"], cartAttributes: CLICKED });
  const byTag = { ...structuredClone(theirs), id: "1000.4000.91", orderId: order.id };
  world.account.actions.push(byTag);
  const asked = () => requestsTo(world, "GET", "/Actions").length;
  const before = asked();
  await deliver(world, webhookFor(world, order));
  await world.drain(0);
  expect(asked() - before).toBe(1);
  const ours = orderIdOf(order);
  expect(held(world, ours)).toMatchObject({ code: 0, click: 0 });
  const { state, sentence } = (await standingOf(world, ours)) ?? {};
  expect([state, sentence]).toEqual(["failed", expect.stringMatching(/by another way/)]);
  // The other one, of which impact.com has nothing, went out.
  expect(held(world, orderId)).toEqual({ code: 3_416, click: 2_794, whole: 6_210 });
  byTag.reversed = true;
  await retryOrder(world.ports, { shop: world.domain, orderId: ours });
  await world.drain();
  expect(held(world, ours)).toMatchObject({ code: 3_416, click: 2_794 });
});
