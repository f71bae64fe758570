import { rulesAt, type DatedRule } from "../attribution/rules-at.ts";
import type { UncodedOrder } from "./reconciliation.ts";

/**
 * Of orders on which no code of a partner was, those that the rule of their time left to impact.com's
 * tag: it may know of a click that we don't. What it credits for them is as the merchant chose.
 */
export function leftToTag(
  orders: readonly UncodedOrder[],
  history: readonly DatedRule[],
): ReadonlySet<string> {
  const left = orders.filter(({ reason, placedAt }) => {
    if (reason === "left-to-click") return true;
    return rulesAt(history, placedAt).shop.rule.clickAlone === "leave";
  });
  return new Set(left.map(({ orderId }) => orderId));
}
