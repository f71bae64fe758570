import type { OrderId, ShopDomain } from "../ids.ts";
import type { ImpactProblem } from "../ports/impact.ts";
import type { CreditedOnce } from "../ports/late-stores.ts";
import type { Ports } from "../ports/ports.ts";
import type { ImpactCredentials, Program } from "../program/program.ts";
import { success, type Result } from "../result.ts";
import { AFTER_ANOTHERS, numbered } from "./conversions-of-shares.ts";
import { listLiveOrders } from "./live-orders.ts";
import type { Prepared } from "./prepare-conversions.ts";
import { sortedOnce } from "./put-back-conversion.ts";
import { leaveReportedWhole } from "./reported-whole.ts";
import { putBack } from "./settle-earlier-tries.ts";
import { isUntried } from "./take-back.ts";

/**
 * Leaves out conversions that waited while impact.com credited their orders by another way, as far as a
 * reconciliation has met that: later than its window for duplicates it would pay for them twice. What a
 * run has met may be over by now, so impact.com is asked; then they go, under a number it has not had.
 */
export async function leaveCreditedOrders(
  ports: Ports,
  shop: ShopDomain,
  to: { credentials: ImpactCredentials; program: Program },
  prepared: readonly Prepared[],
): Promise<Prepared[]> {
  const untried = prepared.filter(({ conversion }) => isUntried(conversion));
  if (untried.length === 0) return [...prepared];
  const orderIds = untried.map(({ conversion }) => conversion.orderId);
  const noted = await ports.store.late.listCreditedThere(shop, orderIds);
  const once = new Set(noted.map(({ orderId }) => orderId));
  const standing = noted.filter(({ isOver }) => !isOver);
  const kept = await stillCredited(ports, to, untried, standing);
  if (!kept.ok) {
    const waiting = ofOrders(untried, new Set(standing.map(({ orderId }) => orderId)));
    await putBack(ports, shop, waiting, kept.problem);
    const going = prepared.filter((one) => !waiting.includes(one));
    return numberAnew(ports, shop, going, ofOrders(untried, once));
  }
  const left = ofOrders(untried, kept.value);
  const going = await leaveReportedWhole(ports, shop, prepared, left);
  return numberAnew(ports, shop, going, ofOrders(untried, once));
}

function ofOrders(some: readonly Prepared[], orderIds: ReadonlySet<OrderId>): Prepared[] {
  return some.filter(({ conversion }) => orderIds.has(conversion.orderId));
}

/** How far the date of an action may be from the one that was listed. */
const MARGIN_MS = 60_000;

/**
 * The orders whose other action impact.com still lists live, whatever event it is of. In another program
 * than the one that is reported to nobody can look: there it is taken to stand.
 */
async function stillCredited(
  ports: Ports,
  { credentials, program }: { credentials: ImpactCredentials; program: Program },
  untried: readonly Prepared[],
  standing: readonly CreditedOnce[],
): Promise<Result<Set<OrderId>, ImpactProblem>> {
  const { programId } = program;
  const byOrder = new Map(untried.map(({ conversion }) => [conversion.orderId, conversion]));
  const unasked = new Set<OrderId>();
  const conversions = standing.flatMap(({ orderId, eventAt, ...noted }) => {
    const conversion = byOrder.get(orderId);
    const canAsk = conversion && eventAt && noted.programId === programId;
    if (!canAsk) unasked.add(orderId);
    return canAsk ? [{ ...conversion, programId, eventAt }] : [];
  });
  const question = { conversions, marginMs: MARGIN_MS, orderOf: (id: string) => id };
  const live = await listLiveOrders(ports, credentials, question);
  return live.ok ? success(new Set([...unasked, ...live.value])) : live;
}

/** Those that had an order's own number, which impact.com has had, get the next one. */
async function numberAnew(
  { store }: Ports,
  shop: ShopDomain,
  going: readonly Prepared[],
  credited: readonly Prepared[],
): Promise<Prepared[]> {
  const isOwn = ({ conversion }: Prepared) => conversion.impactOrderId === conversion.orderId;
  const taken = going.filter((one) => credited.includes(one) && isOwn(one));
  if (taken.length === 0) return [...going];
  const orderIds = sortedOnce(taken.map(({ conversion }) => conversion.orderId));
  await store.inPipeline(async (tx) => {
    await tx.orders.lockAll(shop, orderIds);
    for (const { conversion } of taken) {
      await tx.conversions.saveOrderId(shop, conversion.id, laterNumber(conversion));
    }
  });
  return going.map((one) => {
    if (!taken.includes(one)) return one;
    const { conversion } = one;
    return { ...one, conversion: { ...conversion, impactOrderId: laterNumber(conversion) } };
  });
}

function laterNumber({ orderId }: Prepared["conversion"]): string {
  return numbered(orderId, AFTER_ANOTHERS);
}
