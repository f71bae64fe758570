import type { ShopDomain } from "../ids.ts";
import { keptOutBecause } from "../orders/judge-order.ts";
import type { Order } from "../orders/order.ts";
import type { Ports } from "../ports/ports.ts";
import type { ImpactCredentials, Program } from "../program/program.ts";
import { conversionLines, totalMinor } from "./conversion-lines.ts";
import type { Conversion } from "./conversion.ts";
import type { Prepared } from "./prepare-conversions.ts";
import { counted, sortedOnce } from "./put-back-conversion.ts";
import { takeBack } from "./take-back.ts";

/**
 * Writes down where conversions go, and with what, before they go: from then on impact.com may have
 * them, and no later choice of program or change of the order may send them otherwise. Renews the
 * leases; gives back those that nobody else has taken and of which something is left to report.
 */
export async function addressConversions(
  ports: Ports,
  shop: ShopDomain,
  prepared: readonly Prepared[],
  to: { credentials: ImpactCredentials; program: Program; until: Date },
): Promise<Conversion[]> {
  if (prepared.length === 0) return [];
  return ports.store.inPipeline(async (tx) => {
    const orderIds = sortedOnce(prepared.map(({ conversion }) => conversion.orderId));
    await tx.orders.lockAll(shop, orderIds);
    const orders = await tx.orders.findAll(shop, orderIds);
    const byId = new Map(orders.map((order) => [order.orderId, order]));
    const addressed: Conversion[] = [];
    for (const one of prepared) {
      const { id, orderId } = one.conversion;
      const order = byId.get(orderId);
      if (!order) throw new Error(`conversion ${id} has no order`);
      const conversion = addressOne(order, one, to);
      if (conversion) addressed.push(counted(conversion));
      else {
        const reason = keptOutBecause(order) ?? "refunded-before-report";
        await takeBack(tx, one.conversion, reason, ports.clock.now());
      }
    }
    const ours = new Set(await tx.conversions.renewLeases(shop, addressed, to.until));
    return addressed
      .filter(({ id }) => ours.has(id))
      .map((conversion) => ({ ...conversion, leaseUntil: to.until }));
  });
}

/** What went once only ever goes as it was. Null: of its order nothing is left to report. */
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
