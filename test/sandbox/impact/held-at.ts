import type { ImpactState } from "./state.ts";
import { actionsOf } from "./who-was-paid.ts";

export interface Held {
  /** In the order's currency; without what is reversed. */
  amountMinor: number;
  items: { sku: string; quantity: number; amountMinor: number }[];
}

/**
 * What impact.com holds of a shop's order in all its actions that are not reversed: the first bears
 * the order's id, one reported after a reversal a number behind it.
 */
export function heldAt(state: ImpactState, orderId: string): Held {
  const actions = actionsOf(state).filter(
    (action) =>
      !action.reversed && (action.orderId === orderId || action.orderId.startsWith(`${orderId}-`)),
  );
  const items = actions.flatMap((action) =>
    action.items.map(({ sku, quantity, amountMinor }) => ({ sku, quantity, amountMinor })),
  );
  return { amountMinor: items.reduce((sum, { amountMinor }) => sum + amountMinor, 0), items };
}
