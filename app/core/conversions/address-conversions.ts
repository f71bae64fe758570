import { groupBy } from "../group-by.ts";
import type { ShopDomain } from "../ids.ts";
import { keptOutBecause } from "../orders/judge-order.ts";
import type { Order } from "../orders/order.ts";
import type { Ports } from "../ports/ports.ts";
import type { PipelineStores } from "../ports/store.ts";
import type { ImpactCredentials, Program } from "../program/program.ts";
import { conversionLines, totalMinor } from "./conversion-lines.ts";
import type { Conversion } from "./conversion.ts";
import { underThisOrderId } from "./known-nowhere.ts";
import type { Prepared } from "./prepare-conversions.ts";
import { counted, saveOutcomes, sentAnew, sortedOnce } from "./put-back-conversion.ts";
import { isSameEarner } from "./hand-over-orders.ts";
import { takeBack } from "./take-back.ts";

/**
 * Writes down where conversions go, and with what, before they go: from then on impact.com may have
 * them, and no later choice of program or change of the order may send them otherwise. Renews the
 * leases; gives back those that nobody else has taken and of which something is left to report. One
 * that was attributed anew since it was claimed is put back: what is saved is what is sent.
 */
export async function addressConversions(
  ports: Ports,
  shop: ShopDomain,
  prepared: readonly Prepared[],
  to: { credentials: ImpactCredentials; program: Program; until: Date },
): Promise<Conversion[]> {
  if (prepared.length === 0) return [];
  const { ours, changed } = await ports.store.inPipeline(async (tx) => {
    const orderIds = sortedOnce(prepared.map(({ conversion }) => conversion.orderId));
    await tx.orders.lockAll(shop, orderIds);
    const orders = await tx.orders.findAll(shop, orderIds);
    const byId = new Map(orders.map((order) => [order.orderId, order]));
    const { same, changed } = await comparedWithSaved(tx, shop, prepared);
    const count = await countedOn(tx, shop, same);
    const addressed: Conversion[] = [];
    for (const one of same) {
      const { id, orderId } = one.conversion;
      const order = byId.get(orderId);
      if (!order) throw new Error(`conversion ${id} has no order`);
      const conversion = addressOne(order, one, to);
      if (conversion) addressed.push(count(conversion));
      else {
        const reason = keptOutBecause(order) ?? "refunded-before-report";
        await takeBack(tx, one.conversion, reason, ports.clock.now());
      }
    }
    const held = new Set(await tx.conversions.renewLeases(shop, addressed, to.until));
    const ours = addressed.filter(({ id }) => held.has(id));
    return { ours: ours.map((one) => ({ ...one, leaseUntil: to.until })), changed };
  });
  const now = ports.clock.now();
  await saveOutcomes(
    ports,
    shop,
    changed.map((one) => sentAnew(one, now)),
  );
  return ours;
}

/**
 * Of conversions that were claimed before: whoever earns one by now is the one that it is sent for, once
 * that one's code and click have been looked at too. Those that are gone were shared anew.
 */
async function comparedWithSaved(
  tx: Pick<PipelineStores, "conversions">,
  shop: ShopDomain,
  prepared: readonly Prepared[],
): Promise<{ same: Prepared[]; changed: Conversion[] }> {
  const ids = prepared.map(({ conversion }) => conversion.id);
  const saved = new Map((await tx.conversions.findAll(shop, ids)).map((one) => [one.id, one]));
  const there = prepared.filter(({ conversion }) => saved.has(conversion.id));
  const isSame = ({ conversion }: Prepared) => {
    const now = saved.get(conversion.id);
    return now !== undefined && isSameEarner(now, conversion);
  };
  const changed = there.filter((one) => !isSame(one)).map(({ conversion }) => conversion);
  return { same: there.filter(isSame), changed };
}

/**
 * Counts the tries that begin. One that is free to go anywhere was only turned away before, or came to
 * nothing each time: what else was counted of it was for its wait.
 */
async function countedOn(
  tx: Pick<PipelineStores, "conversions">,
  shop: ShopDomain,
  prepared: readonly Prepared[],
): Promise<(conversion: Conversion) => Conversion> {
  const free = prepared.flatMap(({ conversion: { id, accountSid, attempts } }) =>
    accountSid === null && attempts > 0 ? [id] : [],
  );
  const submissions = free.length > 0 ? await tx.conversions.listSubmissions(shop, free) : [];
  const byConversion = groupBy(submissions, ({ conversionId }) => conversionId);
  const ended = new Map(
    free.map((id) => [id, underThisOrderId(byConversion.get(id) ?? []).length]),
  );
  return (conversion) => {
    const attempts = ended.get(conversion.id) ?? conversion.attempts;
    return counted({ ...conversion, attempts, settledAt: null });
  };
}

/** What may be there only ever goes as it was. Null: of its order nothing is left to report. */
function addressOne(
  order: Order,
  { conversion, productTypes }: Prepared,
  { credentials, program }: { credentials: ImpactCredentials; program: Program },
): Conversion | null {
  if (conversion.accountSid !== null) return conversion;
  const { amountBasis, part } = conversion;
  const lines = conversionLines(order, amountBasis, productTypes, part);
  if (lines.length === 0) return null;
  const { accountSid } = credentials;
  const { programId, eventTypeId } = program;
  const amountMinor = totalMinor(lines);
  return { ...conversion, accountSid, programId, eventTypeId, lines, amountMinor };
}
