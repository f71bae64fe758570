import { sharerNames } from "./explain-order.ts";
import type { Order } from "./order.ts";

type Earned = Pick<Order, "partner" | "shares">;

/** Who earns an order, or shares it; null: nobody. */
export function earnerNames({ partner, shares }: Earned): string | null {
  return shares ? sharerNames({ shares }) : (partner?.name ?? null);
}

/** Their ids at impact.com, as far as they are known. */
export function earnerIds({ partner, shares }: Earned): string {
  const partners = shares ? shares.map((share) => share.partner) : [partner];
  return [...new Set(partners.flatMap((one) => one?.partnerId ?? []))].join(", ");
}

/** What earned an order, or else the codes that were typed. */
export function earningCodes({ shares, code, codes }: Pick<Order, "shares" | "code" | "codes">) {
  if (!shares) return code ?? codes.join(", ");
  return shares.map((share) => share.code ?? "a click").join(", ");
}
