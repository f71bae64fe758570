import type { OrderReason } from "../orders/order-state.ts";

/** What assigning a code afterwards does to one of its past orders. */
export type LateEffect =
  /** It is attributed to the partner and reported. */
  | "earns"
  /** impact.com takes an order of that age no more. */
  | "too-old"
  /** Placed before the day from which the partner has the code. */
  | "before"
  /** Another code on it has earned somebody the order already. */
  | "earned-already"
  /** impact.com has credited somebody for it by another way than this app. */
  | "credited-there"
  /** Nobody can earn it: a test, cancelled, refunded. */
  | "kept-out";

/** Orders with these are nobody's because nobody had the code. */
export const UNASSIGNED: readonly OrderReason[] = ["not-a-partner-code", "not-assigned-then"];
