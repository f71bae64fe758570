import { isNothingLeft, isPaid, keptOutBecause } from "../orders/judge-order.ts";
import type { OrderReason } from "../orders/order-state.ts";
import type { Order } from "../orders/order.ts";
import { isUnread } from "../orders/unread-facts.ts";
import type { ReportWhen } from "../shops/report-settings.ts";

/** What assigning a code afterwards does to one of its past orders. */
export type LateEffect =
  /** It is attributed to the partner and reported. */
  | "earns"
  /** It is attributed to the partner, and reported once it is paid: the merchant chose that. */
  | "unpaid"
  /** A click led to it too, which by the rule of its time earns it, or may once impact.com tells whose it is. */
  | "click-decides"
  /** impact.com takes an order of that age no more. */
  | "too-old"
  /** Placed before the day from which the partner has the code. */
  | "before"
  /** Another code on it has earned somebody the order already. */
  | "earned-already"
  /** impact.com has credited somebody for it by another way than this app. */
  | "credited-there"
  /** Nobody can earn it: a test, cancelled, refunded, gift cards only. */
  | "kept-out";

/**
 * Orders with these, and a code, are nobody's because nobody had the code: one that was left to its click
 * would have been judged by the rule for codes and clicks.
 */
export const UNASSIGNED: readonly OrderReason[] = [
  "not-a-partner-code",
  "not-assigned-then",
  "left-to-click",
];

/** What assigning does to an order that is nobody's so far, and that impact.com would still take. */
export function earningEffect(
  order: Order,
  { reportWhen }: { reportWhen: ReportWhen },
): LateEffect {
  const isKeptOut = keptOutBecause(order) !== null || isUnread(order.facts);
  if (isKeptOut || isNothingLeft(order)) return "kept-out";
  return reportWhen === "paid" && !isPaid(order.facts) ? "unpaid" : "earns";
}
