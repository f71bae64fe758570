import type { Share } from "../attribution/attribution.ts";
import { earnedLines, earnedMinor } from "../orders/earned-lines.ts";
import type { Order } from "../orders/order.ts";
import type { NewConversion } from "../ports/conversion-stores.ts";
import type { Conversion } from "./conversion.ts";
import { partOfLines, type OrderPart } from "./part-of-lines.ts";

/** As much of a ClickId as impact.com takes (reference/impact.md, section 2.2). */
const LONGEST_CLICK_ID = 64;

type Terms = Pick<Conversion, "programId" | "eventTypeId" | "amountBasis" | "emailSha1">;

/**
 * What is reported of an order: one conversion for each share. A single one has the order's own number;
 * several have one each, since at impact.com one action pays one partner. `number` is a later one's: where
 * another way had the order credited once, impact.com has had its own number.
 */
export function conversionsOfShares(
  order: Order,
  shares: readonly Share[],
  terms: Terms,
  number: number,
): NewConversion[] {
  const weights = shares.map(({ weight }) => weight);
  return shares.map((share, position) => {
    const part = shares.length > 1 ? { weights, position } : null;
    return conversionOfShare(order, { share, part }, terms, number);
  });
}

/** What is reported of one share of an order; of a part under a number of its own. */
export function conversionOfShare(
  order: Order,
  { share, part }: { share: Share; part: OrderPart | null },
  { programId, eventTypeId, amountBasis, emailSha1 }: Terms,
  number: number,
): NewConversion {
  return {
    orderId: order.orderId,
    share: share.key,
    part,
    impactOrderId: numbered(part ? partOrderId(order, share) : order.orderId, number),
    partnerId: share.partner?.partnerId ?? null,
    ...sentBy(share),
    currency: order.currency,
    amountMinor: earnedMinor(partOfLines(earnedLines(order, amountBasis), part)),
    eventAt: order.placedAt,
    ...{ programId, eventTypeId, amountBasis, emailSha1 },
  };
}

/** A share has its own partner's click alone: beside another's its code would earn otherwise. */
function sentBy({ by, clickId }: Share): Pick<Conversion, "code" | "clickId"> {
  if (by.kind === "click") return { code: null, clickId: by.clickId };
  const isSent = clickId !== undefined && clickId.length <= LONGEST_CLICK_ID;
  return { code: by.code, clickId: isSent ? clickId : null };
}

/** 5500001-code, 5500001-click, 5500001-code2: a number of its own stands for one reported anew. */
function partOrderId({ orderId }: Order, { key }: Share): string {
  return `${orderId}-${key.replaceAll("-", "")}`;
}

/** The number of what is reported of an order whose own number impact.com has had. */
export const AFTER_ANOTHERS = 2;

/** 5500001-2, 5500001-code-2. */
export function numbered(impactOrderId: string, number: number): string {
  return number > 1 ? `${impactOrderId}-${number}` : impactOrderId;
}

/** Which number of conversions of one order: what takes their place keeps it, as lower ones may be taken. */
export function numberOf(ofOrder: readonly Pick<Conversion, "impactOrderId">[]): number {
  const numbers = ofOrder.map(({ impactOrderId }) => /-(\d+)$/.exec(impactOrderId)?.[1] ?? "1");
  return Math.max(...numbers.map(Number));
}
