import type { Action } from "../state.ts";
import { totalOf } from "./total-of.ts";

export function reverseAction(action: Action, reason: string, now: Date): void {
  const before = totalOf(action.items);
  action.reversed = true;
  action.updatedAt = now;
  action.delta = { amountMinor: -before.amountMinor, payoutMinor: -before.payoutMinor };
  for (const item of action.items) {
    item.amountMinor = 0;
    item.payoutMinor = 0;
    item.adjustment = { at: now, reason };
  }
}
