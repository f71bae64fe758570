import type { Code } from "#app/core/codes/discount.ts";
import { explainOrder } from "#app/core/orders/explain-order.ts";
import { readOrder } from "#app/core/orders/read-order.ts";
import type { DiscountCode, OrderId } from "#app/core/ids.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { createWorld, type World, type WorldOptions } from "#test/support/world.ts";

const CODES: [partnerId: string, code: string][] = [
  ["10001", "ANNA10"],
  ["10002", "BEN10"],
];

/** A shop whose partners Anna and Ben have a code each, live and registered. */
export async function worldWithCodes(options: WorldOptions = {}): Promise<World> {
  const world = await createWorld(options);
  await setUpProgram(world);
  await makeDiscount(world, draftFor(CODES));
  await world.drain();
  return world;
}

export async function codeOf({ ports, domain }: World, text: string): Promise<Code> {
  const code = await ports.store.codes.findByCode(domain, text as DiscountCode);
  if (!code) throw new Error(`no code ${text}`);
  return code;
}

/** Where an order stands, in the words of the Orders page. */
export async function standingOf({ ports, domain }: World, orderId: OrderId) {
  const history = await readOrder(ports, { shop: domain, orderId });
  if (!history) return null;
  const { state, reason } = history.order;
  return { state, reason, sentence: explainOrder(history.order) };
}

export async function conversionOf({ ports, domain }: World, orderId: OrderId) {
  const [conversion] = await ports.store.conversions.listForOrder(domain, orderId);
  if (!conversion) throw new Error(`order ${orderId} has no conversion`);
  return conversion;
}

/** Requests to impact.com by method and the end of their path, oldest first. */
export function requestsTo({ impact }: World, method: string, end: string) {
  return impact.requests.filter(
    (request) => request.method === method && request.path.endsWith(end),
  );
}
