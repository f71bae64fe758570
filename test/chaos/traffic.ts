import { setTimeout as pause } from "node:timers/promises";
import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { cancelOrder } from "#test/sandbox/shopify/orders/cancel-order.ts";
import {
  archiveOrder,
  deleteOrder,
  payOrder,
  voidOrder,
} from "#test/sandbox/shopify/orders/change-order.ts";
import { placedWebhooks } from "#test/sandbox/shopify/orders/order-webhook.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
import { createBuy, type Buy, type Offer } from "./buy.ts";
import { createChange, type ChangeOrder } from "./change.ts";
import { createDeliver, type Deliver } from "./deliver.ts";
import { due, type Due } from "./due.ts";
import type { Happened } from "./happened.ts";
import type { SeededRandom } from "./seeded-random.ts";

export interface ShopTraffic extends Offer {
  reportWhen: "created" | "paid";
  /** Orders that Shopify no longer has. */
  deleted: StoredOrder[];
  /** When those that were not paid at once were paid, by order id. */
  paidAt: Map<string, Date>;
  /** Ids of orders that Shopify told nothing of while they stood. */
  untold: Set<string>;
}

/** Of all plain orders, how many are changed later. */
const CHANGED = 0.35;
const LONGEST_WAIT_MS = 15_000;

/** Orders that have a fate of their own; those that wait for their money only where that is waited for. */
const FATES = ["deletions", "test orders", "cancelled before it was told"] as const;
const UNPAID = ["paid later", "voided unpaid", "never paid"] as const;
type Fate = (typeof FATES)[number] | (typeof UNPAID)[number];

/** So many of the first orders are changed, if they may be: enough for one of each kind. */
const FIRST = 30;

interface Driver {
  state: DemoWorld["shopifyState"];
  random: SeededRandom;
  buy: Buy;
  change: ChangeOrder;
  deliver: Deliver;
  fates: Due<Fate>;
}

/** Customers buy `orders` times within `ms`; some orders are paid, refunded, edited, cancelled or deleted later. */
export async function drive(
  world: DemoWorld,
  shops: ShopTraffic[],
  random: SeededRandom,
  { orders, ms }: { orders: number; ms: number },
  happened: Happened,
): Promise<void> {
  const driver: Driver = {
    ...{ state: world.shopifyState, random },
    buy: createBuy(world, random, happened),
    change: createChange(world, random, happened),
    deliver: createDeliver(world, random, happened),
    fates: due<Fate>([...FATES, ...UNPAID], random, happened),
  };
  const lives: Promise<void>[] = [];
  const startedAt = Date.now();
  for (let placed = 0; placed < orders; placed += 1) {
    lives.push(live(driver, random.pick(shops), placed));
    const ahead = startedAt + (ms * (placed + 1)) / orders - Date.now();
    if (ahead > 0) await pause(ahead);
  }
  await Promise.all(lives);
}

/** Places an order and lets happen to it what is drawn. */
async function live(driver: Driver, traffic: ShopTraffic, placed: number): Promise<void> {
  const { buy, deliver, fates, random } = driver;
  const { shop, reportWhen } = traffic;
  const canWait = (fate: Fate | null) => reportWhen === "paid" || !isUnpaid(fate);
  const drawn = fates.next(() => drawFate(random), canWait);
  const fate = canWait(drawn) ? drawn : null;
  const order = buy(traffic, {
    isCredited: fate !== null,
    test: fate === "test orders",
    ...(isUnpaid(fate) && { financialStatus: random.pick(["pending", "authorized"]) }),
    // Shopify lets nobody delete what was paid through a gateway.
    ...(fate === "deletions" && { paidBy: ["manual"] }),
  });
  if (fate) fates.done(fate);
  if (fate === "cancelled before it was told") {
    traffic.untold.add(order.id);
    const { state } = driver;
    deliver(shop, cancelOrder(state, shop, order, { reason: "customer", refund: true }));
    return;
  }
  deliver(shop, placedWebhooks(order));
  if (fate === "deletions") return deleteLater(driver, traffic, order);
  if (isUnpaid(fate)) await settleLater(driver, traffic, order, fate);
  const mayChange = fate === null || fate === "paid later";
  if (mayChange && (placed < FIRST || random.chance(CHANGED))) {
    await changeLater(driver, traffic, order);
  }
}

function drawFate(random: SeededRandom): Fate | null {
  const drawn = random.next();
  if (drawn < 0.03) return "deletions";
  if (drawn < 0.05) return "test orders";
  if (drawn < 0.07) return "cancelled before it was told";
  if (drawn < 0.17) return "paid later";
  if (drawn < 0.2) return "voided unpaid";
  return drawn < 0.22 ? "never paid" : null;
}

function isUnpaid(fate: Fate | null): fate is (typeof UNPAID)[number] {
  return (UNPAID as readonly (Fate | null)[]).includes(fate);
}

const later = ({ random }: Driver) => pause(random.between(0, LONGEST_WAIT_MS));

async function settleLater(
  driver: Driver,
  { shop, paidAt }: ShopTraffic,
  order: StoredOrder,
  fate: (typeof UNPAID)[number],
): Promise<void> {
  if (fate === "never paid") return;
  const { state, deliver } = driver;
  await later(driver);
  if (fate === "voided unpaid") return deliver(shop, voidOrder(state, shop, order));
  paidAt.set(order.id, state.clock.now());
  deliver(shop, payOrder(state, shop, order));
}

/** Shopify deletes an order only once it is archived or cancelled. */
async function deleteLater(
  driver: Driver,
  { shop, deleted }: ShopTraffic,
  order: StoredOrder,
): Promise<void> {
  const { state, deliver } = driver;
  await later(driver);
  deliver(shop, archiveOrder(state, shop, order));
  deleted.push(order);
  deliver(shop, deleteOrder(shop, order));
}

async function changeLater(
  driver: Driver,
  { shop }: ShopTraffic,
  order: StoredOrder,
): Promise<void> {
  const { change, deliver, random } = driver;
  for (let left = random.between(1, 3); left > 0; left -= 1) {
    await later(driver);
    deliver(shop, change(shop, order));
  }
}
