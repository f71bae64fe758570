import { findChangeableActions } from "./find-changeable-actions.ts";
import { liveContract } from "../crediting/live-contract.ts";
import { modifyAction } from "./modify-action.ts";
import { percentOf } from "../money.ts";
import { readModification } from "./read-modification.ts";
import { reverseAction } from "./reverse-action.ts";
import type { Account, Action, Outcome, Submission } from "../state.ts";
import type { Rules } from "../rules.ts";
import { totalOf } from "./total-of.ts";

export function processActionChange(account: Account, submission: Submission, rules: Rules): void {
  const { form } = submission;
  const now = submission.completesAt;
  const actions = findChangeableActions(account, form, now, rules);
  if (!Array.isArray(actions)) {
    submission.outcome = actions;
    return;
  }
  submission.outcome = null;
  for (const action of actions) {
    submission.programId = action.programId;
    submission.eventTypeId = action.eventTypeId;
    submission.partnerId = action.partnerId;
    if (submission.type === "Reversal")
      reverseAction(action, form.get("DispositionCode") ?? "", now);
    else submission.outcome ??= modify(account, action, form, now, rules);
  }
}

function modify(
  account: Account,
  action: Action,
  form: URLSearchParams,
  now: Date,
  rules: Rules,
): Outcome | null {
  const before = totalOf(action.items);
  const modification = readModification(form);
  const refusal = modifyAction(account, action, modification, now, rules);
  if (refusal !== null) return refusal;

  action.modifications += 1;
  action.updatedAt = now;
  payAgain(account, action, now);
  const after = totalOf(action.items);
  action.delta = {
    amountMinor: after.amountMinor - before.amountMinor,
    payoutMinor: after.payoutMinor - before.payoutMinor,
  };
  // "Setting to 0 on a tracked action with a non-zero amount will reverse the action."
  if (after.amountMinor === 0 && action.intended.amountMinor !== 0) {
    const { delta } = action;
    reverseAction(action, modification.reason, now);
    action.delta = delta;
  }
  return null;
}

/** "Modification re-evaluates commission under the contract active at modification time." */
function payAgain(account: Account, action: Action, now: Date): void {
  const contract =
    liveContract(account, action.partnerId, action.programId, now) ??
    account.contracts.find(({ id }) => id === action.contractId);
  if (contract === undefined) return;
  action.contractId = contract.id;
  for (const item of action.items)
    item.payoutMinor = percentOf(item.amountMinor, contract.payoutPercent);
}
