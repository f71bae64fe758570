import { processActionChange } from "../actions/process-action-change.ts";
import { processConversion } from "../crediting/process-conversion.ts";
import type { ImpactState } from "../state.ts";

/** Processes what is due by the clock, in the order that the rules choose; called before every look. */
export function settleSubmissions(state: ImpactState): void {
  const now = state.clock.now();
  for (const account of state.accounts) {
    if (!account.queued.some(({ completesAt }) => completesAt <= now)) continue;
    const due = account.queued.filter(({ completesAt }) => completesAt <= now);
    account.queued = account.queued.filter(({ completesAt }) => completesAt > now);
    for (const submission of state.rules.processesInOrder ? due : due.reverse()) {
      if (submission.type === "Conversion") processConversion(state, account, submission);
      else processActionChange(account, submission, state.rules);
    }
  }
}
