import type { LateEffect } from "#app/core/codes/late-effect.ts";
import type { AssignmentPreview } from "#app/core/codes/preview-assignment.ts";
import type { UnassignedCode } from "#app/core/codes/unassigned-codes.ts";
import { REPORTING_DAYS } from "#app/core/conversions/reporting-limit.ts";
import { formatMoney } from "#app/core/money.ts";
import { sumText } from "../sum-text.server.ts";
import { timeFormats } from "../time-formats.server.ts";

export type UnassignedRow = ReturnType<typeof unassignedRow>;
export type PreviewView = ReturnType<typeof previewView>;
export type PreviewRow = PreviewView["rows"][number];

/** A code that is nobody's, in a merchant's words. */
export function unassignedRow(unassigned: UnassignedCode, { timeZone }: { timeZone: string }) {
  const { code, orders, worth, firstAt, lastAt } = unassigned;
  const { day } = timeFormats(timeZone);
  const [first, last] = [day(firstAt), day(lastAt)];
  return {
    id: code,
    code,
    orders,
    worth: sumText(worth),
    typed: first === last ? first : `${first} – ${last}`,
  };
}

const EFFECTS: Record<LateEffect, { label: string; sentence: string }> = {
  earns: { label: "Will be reported", sentence: "will be reported to impact.com for this partner" },
  unpaid: {
    label: "Waits for payment",
    sentence: "are not paid yet. They will be the partner's, and reported once they are paid",
  },
  "click-decides": {
    label: "Decided by your rule",
    sentence:
      "have a click too, to which your rule of that time gives them, or may. They are decided by that rule",
  },
  "too-old": {
    label: "Too old",
    sentence: `are too old: an order can be reported for ${REPORTING_DAYS} days. They stay as they are`,
  },
  before: {
    label: "Before that day",
    sentence: "were placed before that day. They stay as they are",
  },
  "earned-already": {
    label: "Unchanged",
    sentence: "were earned by another code already. They stay with that partner",
  },
  "credited-there": {
    label: "Credited already",
    sentence:
      "were credited at impact.com by another way than this app. They stay as they are, so that nobody is paid twice",
  },
  "kept-out": {
    label: "Unchanged",
    sentence: "are test orders, gift cards, cancelled or refunded. They stay as they are",
  },
};

/** What assigning the code would change. */
export function previewView(preview: AssignmentPreview, { timeZone }: { timeZone: string }) {
  const times = timeFormats(timeZone);
  const earning = preview.effects.find(({ effect }) => effect === "earns");
  return {
    from: times.day(preview.from),
    earning: earning?.orders ?? 0,
    worth: sumText(earning?.worth ?? []),
    sums: preview.effects.map(({ effect, orders, worth }) => ({
      id: effect,
      isChange: isChange(effect),
      text: `${ordersText(orders)}${worth.length > 0 ? ` (${sumText(worth)})` : ""} ${EFFECTS[effect].sentence}.`,
    })),
    more:
      preview.more > 0
        ? `${ordersText(preview.more)} more may earn as well: too many to be added up here. They are judged one by one when you assign the code.`
        : null,
    rows: preview.orders.map((order) => ({
      id: order.orderId,
      name: order.name,
      placedAt: times.minute(order.placedAt),
      amount: formatMoney({ minor: order.earnedMinor, currency: order.currency }),
      isChange: isChange(order.effect),
      effect: EFFECTS[order.effect].label,
      partner: order.partner,
    })),
  };
}

function isChange(effect: LateEffect): boolean {
  return effect === "earns" || effect === "unpaid";
}

function ordersText(count: number): string {
  return count === 1 ? "1 order" : `${count.toLocaleString("en-US")} orders`;
}
