import type { ShopDomain } from "../ids.ts";
import type { ImpactAction, ImpactProblem } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { ImpactCredentials } from "../program/program.ts";
import { success, type Problem, type Result } from "../result.ts";
import { keyOf, queryFor, windowsOf } from "./listed-actions.ts";
import { listLostCodes, paidByAction } from "./paid-by-action.ts";
import type { Prepared } from "./prepare-conversions.ts";
import { counted, saveOutcomes, sortedOnce, triedLater } from "./put-back-conversion.ts";
import { saveVerdict } from "./save-verdict.ts";
import { withPartsNow } from "./with-parts-now.ts";

/** How far the date of an action may be from the one that was sent. */
const MARGIN_MS = 86_400_000;

/**
 * Asks impact.com for what an earlier try may have brought there, and settles what it has: how long it
 * knows a repeat for one is not documented, and past that it would pay twice. Gives back what is to be
 * sent; where impact.com can't be asked, such conversions are put back.
 */
export async function settleEarlierTries(
  ports: Ports,
  shop: ShopDomain,
  credentials: ImpactCredentials,
  prepared: readonly Prepared[],
): Promise<Prepared[]> {
  const tried = prepared.filter(({ conversion }) => conversion.accountSid !== null);
  const found = await findActions(ports, credentials, tried);
  if (!found.ok) {
    await putBack(ports, shop, tried, found.problem);
    return prepared.filter((one) => !tried.includes(one));
  }
  await settle(ports, shop, found.value);
  return prepared.filter((one) => !found.value.has(one));
}

/** What impact.com has under the order ids of conversions; a live action outweighs reversed ones of the same order. */
export async function findActions(
  { impact }: Ports,
  credentials: ImpactCredentials,
  tried: readonly Prepared[],
): Promise<Result<Map<Prepared, ImpactAction>, ImpactProblem>> {
  const found = new Map<Prepared, ImpactAction>();
  for (const window of windowsOf(tried)) {
    const byKey = new Map(window.map((one) => [keyOf(one.conversion), one]));
    const query = { ...queryFor(window, MARGIN_MS), priority: "conversion" as const };
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const answer = await impact.listActions(credentials, { ...query, page });
      if (!answer.ok) return answer;
      pages = answer.value.pages;
      for (const action of answer.value.actions) {
        const ours = byKey.get(keyOf(action));
        const isBetter = ours && (action.state !== "reversed" || !found.has(ours));
        if (isBetter) found.set(ours, action);
      }
    }
  }
  return success(found);
}

/** For another try, where impact.com could not be asked. */
export async function putBack(
  ports: Ports,
  shop: ShopDomain,
  tried: readonly Prepared[],
  problem: Problem,
): Promise<void> {
  const at = { now: ports.clock.now(), random: ports.random() };
  const outcomes = tried.map(({ conversion }) => triedLater(counted(conversion), problem, at));
  await saveOutcomes(ports, shop, outcomes);
}

async function settle(
  { store, clock }: Ports,
  shop: ShopDomain,
  found: ReadonlyMap<Prepared, ImpactAction>,
): Promise<void> {
  if (found.size === 0) return;
  const orderIds = sortedOnce([...found.keys()].map(({ conversion }) => conversion.orderId));
  const now = clock.now();
  await store.inPipeline(async (tx) => {
    await tx.orders.lockAll(shop, orderIds);
    const orders = await tx.orders.findAll(shop, orderIds);
    const byId = new Map(orders.map((order) => [order.orderId, order]));
    const each = [...found].map(([{ conversion }, action]) => ({ ...conversion, action }));
    const lost = await listLostCodes(tx, shop, each);
    for (const { action, ...conversion } of await withPartsNow(tx, shop, each)) {
      const order = byId.get(conversion.orderId);
      if (!order) throw new Error(`conversion ${conversion.id} has no order`);
      const sent = { ...conversion, sentAt: conversion.sentAt ?? now };
      const verdict = paidByAction(conversion, action, lost.get(order.orderId));
      await saveVerdict(tx, order, sent, verdict, now);
    }
  });
}
