import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { ImpactCredentials, Program } from "../program/program.ts";
import type { Prepared } from "./prepare-conversions.ts";
import { leaveReportedWhole } from "./reported-whole.ts";
import { findActions, putBack } from "./settle-earlier-tries.ts";
import { isUntried } from "./take-back.ts";

/**
 * Leaves out parts of orders that impact.com already pays whole, as where its own tag on the thank-you page
 * reported them: it knows a duplicate by the order id, and a part's is another one than the order's. Asks
 * for one list of actions for all parts of some days; where impact.com can't be asked, they are put back.
 */
export async function leaveReportedParts(
  ports: Ports,
  shop: ShopDomain,
  { credentials, program }: { credentials: ImpactCredentials; program: Program },
  prepared: readonly Prepared[],
): Promise<Prepared[]> {
  const parts = prepared.filter(({ conversion }) => conversion.part && isUntried(conversion));
  if (parts.length === 0) return [...prepared];
  const wholes = new Map(parts.map((one) => [one.conversion.orderId, asWhole(one, program)]));
  const found = await findActions(ports, credentials, [...wholes.values()]);
  if (!found.ok) {
    await putBack(ports, shop, parts, found.problem);
    return prepared.filter((one) => !parts.includes(one));
  }
  const actions = [...found.value].filter(([, { state }]) => state !== "reversed");
  const reported = new Set(actions.map(([{ conversion }]) => conversion.orderId));
  const left = parts.filter(({ conversion }) => reported.has(conversion.orderId));
  return leaveReportedWhole(ports, shop, prepared, left);
}

/** As it would be found under the order's own number. */
function asWhole(
  { conversion, productTypes }: Prepared,
  { programId, eventTypeId }: Program,
): Prepared {
  const { orderId: impactOrderId } = conversion;
  return { productTypes, conversion: { ...conversion, programId, eventTypeId, impactOrderId } };
}
