import type { Action } from "#test/sandbox/impact/state.ts";
import { linesOf, takenFrom } from "#test/sandbox/shopify/orders/order-books.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
import type { ShopTraffic } from "./traffic.ts";
import { wantedItems, type Wanted } from "./wanted-items.ts";

export type JudgedShop = Pick<
  ShopTraffic,
  "shop" | "reportWhen" | "deleted" | "paidAt" | "untold"
> & {
  /** By upper-cased code. */
  partnerOf: ReadonlyMap<string, string>;
};

/** What an order ought to come to, in the words of the ledger. */
export interface Expected {
  state: "reported" | "ignored" | "waiting";
  reason: string;
  /** Who is paid; null where nobody is, or is no more. */
  earner: Earner | null;
  /** What of it impact.com holds in the end. */
  wanted: Wanted;
  /** Since when it may have been reported at all; null: it never may. */
  reportableSince: Date | null;
}

export interface Earner {
  partnerId: string;
  code: string;
}

/**
 * Works out from Shopify's side alone what an order ought to come to. Only whether it was taken back, or
 * never reported, is asked of impact.com: that depends on which came first.
 */
export function expectedOf(
  order: StoredOrder,
  judged: JudgedShop,
  actions: readonly Action[],
  editsAppearAsRefunds: boolean,
): Expected {
  const earner = earnerOf(order, judged.partnerOf);
  const reportableSince = earner && reportableSinceOf(order, judged);
  const nothing = { earner: null, wanted: NOTHING, reportableSince };
  const calledOff = whyCalledOff(order, judged);
  if (!reportableSince) {
    const reason = calledOff ?? whyNobody(order, earner);
    return { ...nothing, state: reason === "not-paid" ? "waiting" : "ignored", reason };
  }
  const isEmpty = linesOf(order).every((line) => takenFrom(order, line).quantity >= line.quantity);
  const ended = calledOff ?? (isEmpty ? "refunded-before-report" : null);
  if (ended && actions.length === 0) return { ...nothing, state: "ignored", reason: ended };
  const wanted = ended ? NOTHING : wantedItems(order, editsAppearAsRefunds);
  const isReversed = wanted.totalMinor === 0;
  const isChanged = actions.length > 1 || actions.some(({ modifications }) => modifications > 0);
  const kept = isChanged ? "adjusted" : "credited";
  const reason = isReversed ? "reversed" : kept;
  return { state: "reported", reason, earner: isReversed ? null : earner, wanted, reportableSince };
}

const NOTHING: Wanted = { totalMinor: 0, bySku: new Map(), unitsBySku: new Map(), slackMinor: 0 };

/** The first partner's code that Shopify counted. */
function earnerOf(order: StoredOrder, partnerOf: ReadonlyMap<string, string>): Earner | null {
  for (const code of codesOn(order)) {
    const partnerId = partnerOf.get(code);
    if (partnerId) return { partnerId, code };
  }
  return null;
}

function codesOn({ payload }: StoredOrder): string[] {
  const applications = payload["discount_applications"] as { type: string; code?: string }[];
  return applications.flatMap(({ type, code }) =>
    type === "discount_code" && code ? [code.toUpperCase()] : [],
  );
}

/** What an order is that nobody can be paid for, as things stand in the end. */
function whyCalledOff({ id, payload }: StoredOrder, { deleted }: JudgedShop): string | null {
  if (payload["test"] === true) return "test-order";
  if (payload["cancelled_at"] !== null) return "cancelled";
  if (deleted.some((order) => order.id === id)) return "deleted";
  return payload["financial_status"] === "voided" ? "never-paid" : null;
}

function whyNobody(order: StoredOrder, earner: Earner | null): string {
  if (earner) return "not-paid";
  return codesOn(order).length === 0 ? "no-code" : "not-a-partner-code";
}

/** The moment from which its shop reports it; null where there is none. */
function reportableSinceOf(
  order: StoredOrder,
  { reportWhen, paidAt, untold }: JudgedShop,
): Date | null {
  if (order.payload["test"] === true || untold.has(order.id)) return null;
  const wasPaid = (order.books?.receivedMinor ?? 0) > 0;
  if (reportWhen === "paid" && !wasPaid) return null;
  return paidAt.get(order.id) ?? order.createdAt;
}
