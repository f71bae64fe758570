import fc from "fast-check";
import { expect, test } from "vitest";
import { checkoutHash } from "#app/adapters/shopify/checkout-hash.ts";
import type { RuleForm } from "#app/core/attribution/read-rule.ts";
import { receiveClick } from "#app/core/clicks/receive-click.ts";
import { saveRuleNow } from "#test/core/given/just-opened.ts";
import { RULE_FORM } from "#test/core/given/rule-form.ts";
import { trackClicksOf } from "#test/core/given/shared-orders.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { addClick } from "#test/sandbox/impact/create-state.ts";
import { totalOf } from "#test/sandbox/impact/actions/total-of.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { archiveOrder } from "#test/sandbox/shopify/orders/change-order.ts";
import { runDue } from "#test/support/run-due.ts";
import { deliverAll, staffOf } from "#test/support/shopify-staff.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { PROGRAM_ID, type World } from "#test/support/world.ts";

const ANNA = ["10001", "promo code", 3_105];
const BEN = ["10002", "click", 3_105];
const SHARED = [
  ["10001", "promo code", 2_174],
  ["10002", "click", 931],
];
/** Half of what an order with a code comes to. */
const REFUNDED = 3_105;
const CODE = ["ANNA10"];
/** Registered as INVOLVED: without his click impact.com pays nobody. */
const BENS = ["BEN10"];
const BY_BOTH = ["10002", "promo code", 3_105];

interface Case {
  rule: Partial<RuleForm>;
  codes: string[];
  /** Whom impact.com pays what, by what. */
  paid: unknown[];
}

const CASES: [name: string, given: Case][] = [
  ["the code wins", { rule: {}, codes: CODE, paid: [ANNA] }],
  ["the click wins", { rule: { meeting: "code-without-click" }, codes: CODE, paid: [BEN] }],
  ["a new click wins", { rule: { meeting: "newer-click-wins" }, codes: CODE, paid: [BEN] }],
  ["they share", { rule: { meeting: "split" }, codes: CODE, paid: SHARED }],
  ["the code wins, and is paid by its own click alone", { rule: {}, codes: BENS, paid: [BY_BOTH] }],
  ["a click alone is left", { rule: { meeting: "split" }, codes: [], paid: [] }],
  [
    "a click alone is reported",
    { rule: { clickAlone: "report" }, codes: [], paid: [["10002", "click", 3_795]] },
  ],
];

const EVENTS = ["created", "updated", "refunded", "pixel", "click look-up", "sending"] as const;

/** An order that is heard of in this order of events; the app then has as long as it wants. */
async function hear(world: World, codes: string[], events: readonly (typeof EVENTS)[number][]) {
  const { clock, account, ports, domain: shop, shopifyState } = world;
  clock.pass(1_000);
  const order = buy(world, { codes });
  const clickId = `click-of-${order.id}`;
  const at = new Date(clock.now().getTime() - 86_400_000);
  addClick(account, { id: clickId, partnerId: "10002", programId: PROGRAM_ID, at });
  const created = webhookFor(world, order);
  clock.pass(1_000);
  archiveOrder(shopifyState, world.shop, order);
  const updated = webhookFor(world, order, { topic: "orders/updated" });
  const refund = staffOf(world).refund(order, { amountMinor: REFUNDED });
  const orderId = orderIdOf(order);
  const hash = checkoutHash(String(order.payload["checkout_token"]));
  const doing = {
    created: async () => {
      await deliver(world, created);
      await runDue(world, "process-delivery");
    },
    updated: async () => {
      await deliver(world, updated);
      await runDue(world, "process-delivery");
    },
    refunded: async () => {
      await deliverAll(world, refund);
      await runDue(world, "process-delivery");
    },
    pixel: async () => {
      await receiveClick(ports, { shop, orderId, checkoutHash: hash, clickId, seenAt: at });
      await runDue(world, "join-click");
    },
    "click look-up": () => runDue(world, "look-up-click"),
    sending: () => runDue(world, "send-conversion"),
  };
  for (const event of events) await doing[event]();
  await world.drain();
  const actions = actionsOf(world.impactState).filter((one) => one.orderId.startsWith(orderId));
  return actions
    .map(({ partnerId, because, items }) => [partnerId, because, totalOf(items).amountMinor])
    .toSorted();
}

test(
  "in whatever order an order, its update, a refund, its pixel's click, the look-up and the sending come, impact.com ends up the same by every rule",
  { timeout: 300_000 },
  async () => {
    const world = await worldWithCodes();
    await trackClicksOf(world, "10002");
    await world.ports.store.clicks.savePixelOn(world.domain, true);
    const anyOrder = fc.shuffledSubarray([...EVENTS], { minLength: EVENTS.length });
    for (const [name, { rule, codes, paid }] of CASES) {
      const saved = await saveRuleNow(world.ports, { shop: world.domain, ...RULE_FORM, ...rule });
      expect(saved.ok, name).toBe(true);
      world.clock.pass(1_000);
      await fc.assert(
        fc.asyncProperty(anyOrder, async (events) => {
          expect(await hear(world, codes, events)).toEqual(paid);
        }),
        // Where clicks count for nothing, one order serves as well as many.
        {
          numRuns: (rule.meeting && codes.length > 0) || codes === BENS ? 5 : 1,
          endOnFailure: true,
        },
      );
    }
  },
);
