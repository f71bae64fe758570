import type { Action } from "../state.ts";

/** "Once [the LockingDate is] passed, a Pending action moves to Approved." */
export function actionState(action: Action, now: Date): "PENDING" | "APPROVED" | "REVERSED" {
  if (action.reversed) return "REVERSED";
  return now >= action.lockingDate ? "APPROVED" : "PENDING";
}
