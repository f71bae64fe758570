import { malformed, unpayable } from "../crediting/refuse.ts";
import { actionsById, actionsOfOrder } from "./find-actions.ts";
import type { Rules } from "../rules.ts";
import type { Account, Action, Outcome } from "../state.ts";

/** The actions that a PUT or DELETE names, or why they cannot be changed (impact.md §3). */
export function findChangeableActions(
  account: Account,
  form: URLSearchParams,
  now: Date,
  rules: Rules,
): Action[] | Outcome {
  const actionId = form.get("ActionId");
  const named =
    actionId === null
      ? actionsOfOrder(account.actions, form.get("OrderId") ?? "").filter(
          ({ eventTypeId }) => eventTypeId === form.get("ActionTrackerId"),
        )
      : actionsById(account.actions, actionId);
  const newest = named.at(-1);
  // An order that nobody was credited for never became an action.
  if (newest === undefined) return malformed("ACTION_REF_NOT_FOUND", "No such action");
  const chosen = rules.actionsByOrderId === "newest" ? [newest] : named;
  const changeable = chosen.filter((action) => unchangeableBecause(action, now) === null);
  if (changeable.length > 0) return changeable;
  // No documented reason says "locked" or "already reversed"; this is the nearest.
  return unpayable(["NO_VALID_ACTION_REF"], unchangeableBecause(newest, now) ?? "");
}

function unchangeableBecause(action: Action, now: Date): string | null {
  if (now >= action.lockingDate)
    return `${action.id} locked at ${action.lockingDate.toISOString()}`;
  if (action.reversed) return `${action.id} is reversed`;
  if (action.modifications >= 1000) return `${action.id} has had its 1,000 modifications`;
  return null;
}
