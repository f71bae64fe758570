import { nextOrderId } from "../adjustments/report-again.ts";
import type { Share } from "../attribution/attribution.ts";
import { earnedLines, earnedMinor } from "../orders/earned-lines.ts";
import type { Order } from "../orders/order.ts";
import type { NewConversion } from "../ports/conversion-stores.ts";
import type { Conversion } from "./conversion.ts";
import { partOfLines } from "./part-of-lines.ts";

/** As much of a ClickId as impact.com takes (reference/impact.md, section 2.2). */
const LONGEST_CLICK_ID = 64;

type Terms = Pick<Conversion, "programId" | "eventTypeId" | "amountBasis" | "emailSha1">;

/**
 * What is reported of an order: one conversion for each share. A single one has the order's own number;
 * several have one each, since at impact.com one action pays one partner.
 */
export function conversionsOfShares(
  order: Order,
  shares: readonly Share[],
  { programId, eventTypeId, amountBasis, emailSha1 }: Terms,
): NewConversion[] {
  const weights = shares.map(({ weight }) => weight);
  const lines = earnedLines(order, amountBasis);
  return shares.map((share, position) => {
    const part = shares.length > 1 ? { weights, position } : null;
    return {
      orderId: order.orderId,
      share: share.key,
      part,
      impactOrderId: part ? partOrderId(order, share) : wholeOrderId(order),
      partnerId: share.partner?.partnerId ?? null,
      ...sentBy(share, part !== null),
      currency: order.currency,
      amountMinor: earnedMinor(partOfLines(lines, part)),
      eventAt: order.placedAt,
      ...{ programId, eventTypeId, amountBasis, emailSha1 },
    };
  });
}

/** Beside another partner's click a code would earn otherwise: a part goes by one of them alone. */
function sentBy({ by, clickId }: Share, isPart: boolean): Pick<Conversion, "code" | "clickId"> {
  if (by.kind === "click") return { code: null, clickId: by.clickId };
  const isSent = !isPart && clickId !== undefined && clickId.length <= LONGEST_CLICK_ID;
  return { code: by.code, clickId: isSent ? clickId : null };
}

/** 5500001-code, 5500001-click, 5500001-code2: a number of its own stands for one reported anew. */
function partOrderId({ orderId }: Order, { key }: Share): string {
  return `${orderId}-${key.replaceAll("-", "")}`;
}

/** Where another way had it credited before, impact.com has had the order's own number. */
function wholeOrderId({ orderId, reason }: Order): string {
  return reason === "credited-there" ? nextOrderId(orderId) : orderId;
}
