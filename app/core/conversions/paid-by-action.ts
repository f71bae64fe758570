import type { KnownCode } from "../attribution/attribution.ts";
import type { OrderId, ShopDomain } from "../ids.ts";
import type { ImpactAction } from "../ports/impact.ts";
import type { PipelineStores } from "../ports/store.ts";
import type { Conversion } from "./conversion.ts";
import { sortedOnce } from "./put-back-conversion.ts";
import { paidTo, type Verdict } from "./save-verdict.ts";

/** Partners' codes by order. */
export type LostCodes = ReadonlyMap<OrderId, readonly KnownCode[]>;

/** The codes on orders that a click alone earns, with their partners: they lost to it. */
export async function listLostCodes(
  { orders, codes }: Pick<PipelineStores, "orders" | "codes">,
  shop: ShopDomain,
  conversions: readonly Conversion[],
): Promise<LostCodes> {
  const byClick = conversions.filter(({ code, part }) => code === null && part === null);
  if (byClick.length === 0) return new Map();
  const orderIds = sortedOnce(byClick.map(({ orderId }) => orderId));
  return codes.knownOn(shop, await orders.findAll(shop, orderIds));
}

/**
 * Whom an action pays that impact.com has under a conversion's order id. One with a code, or of a partner
 * whose code lost to the click, is of somebody else's report: a click is sent without any code. It says
 * nothing of whose the click was.
 */
export function paidByAction(
  conversion: Conversion,
  action: ImpactAction,
  lost: readonly KnownCode[] = [],
): Verdict {
  const { partnerId } = action;
  const asOurs = { ...paidTo(conversion, partnerId), action };
  if (conversion.code !== null || partnerId === conversion.partnerId) return asOurs;
  const owned = lost.find(({ partner }) => partner?.partnerId === partnerId);
  const code = action.promoCode ?? owned?.code;
  if (!code) return asOurs;
  const name = owned?.partner?.name;
  const paid = name ? `${name} (partner ${partnerId})` : `partner ${partnerId}`;
  return { reason: "credited-to-another", problem: reportedByCode(code, paid), action };
}

function reportedByCode(code: string, paid: string): string {
  return `impact.com credited ${paid} by the code ${code}: the order was reported there by another way than this app, most likely by impact.com's own tag on the thank-you page. For a click to win over a code, no tag and no other app may report orders.`;
}
