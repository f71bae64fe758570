import { judgeConversion } from "../adjustments/judge-conversion.ts";
import { reviewConversion } from "../adjustments/review-conversion.ts";
import type { ShopDomain } from "../ids.ts";
import type { Order } from "../orders/order.ts";
import type { ImpactAction } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { PipelineStores } from "../ports/store.ts";
import type { Conversion, Submission } from "./conversion.ts";
import { heldThere } from "./held-there.ts";
import { nameClicks } from "./name-clicks.ts";
import { sortedOnce } from "./put-back-conversion.ts";
import { saveStandings, type Standing } from "./standing.ts";
import { withPartsNow } from "./with-parts-now.ts";

/** A submission that went through, and its action where impact.com has listed it. */
interface Credited {
  submission: Submission;
  conversion: Conversion;
  action?: ImpactAction;
}

/**
 * Credits conversions whose outcome was open, in one transaction and few statements. An order that
 * has changed since it was sent is reviewed by itself.
 */
export async function creditAll(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
  listed: readonly Credited[],
): Promise<void> {
  if (listed.length === 0) return;
  const now = clock.now();
  const orderIds = sortedOnce(listed.map(({ conversion }) => conversion.orderId));
  const submissions = listed.map(({ submission }) => submission);
  const credited = listed.map((one) => creditedAt(one, now));
  await store.inPipeline(async (tx) => {
    await tx.orders.lockAll(shop, orderIds);
    await tx.outcomes.completeAll(shop, submissions, now);
    // What somebody else has settled meanwhile stays as it is.
    const saved = new Set(await tx.conversions.creditAll(shop, credited, now));
    const orders = await tx.orders.findAll(shop, orderIds);
    const settled = credited.filter(({ id }) => saved.has(id));
    await nameClicks(tx, shop, settledOf(listed, settled));
    await tellOrders(tx, shop, settled, orders, now);
  });
}

function creditedAt({ submission, conversion, action }: Credited, now: Date): Conversion {
  const settled = { state: "credited", settledAt: now, problem: null, emailSha1: null } as const;
  const partnerId = conversion.partnerId ?? submission.partnerId;
  return { ...conversion, ...settled, partnerId, held: heldThere(conversion, action ?? null) };
}

function settledOf(listed: readonly Credited[], settled: readonly Conversion[]) {
  const before = new Map(listed.map(({ conversion }) => [conversion.id, conversion]));
  return settled.map((after) => ({ before: before.get(after.id) ?? after, after }));
}

async function tellOrders(
  tx: PipelineStores,
  shop: ShopDomain,
  conversions: readonly Conversion[],
  orders: readonly Order[],
  now: Date,
): Promise<void> {
  const byId = new Map(orders.map((order) => [order.orderId, order]));
  const standings: Standing[] = [];
  for (const conversion of await withPartsNow(tx, shop, conversions)) {
    const order = byId.get(conversion.orderId);
    if (!order) continue;
    if (isUnchanged(order, conversion)) {
      standings.push({ conversion, reason: "credited", problem: null });
    } else await reviewConversion(tx, order, conversion, now);
  }
  await saveStandings(tx, shop, standings, now);
}

/** One that was reported anew has adjustments in its past, which a review looks at. */
function isUnchanged(order: Order, conversion: Conversion): boolean {
  if (conversion.wasReversed) return false;
  const judgement = judgeConversion(order, conversion, null);
  return judgement.outcome === "leave" && judgement.reason === "credited";
}
