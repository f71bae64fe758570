import { actionState } from "./actions/action-state.ts";
import { actionsOfOrder } from "./actions/find-actions.ts";
import { totalOf } from "./actions/total-of.ts";
import type { Action, ImpactState, Submission } from "./state.ts";
import { settleSubmissions } from "./submissions/settle-submissions.ts";

export interface PaidOrder {
  actionId: string;
  partnerId: string;
  /** In the order's currency; 0 once reversed. */
  amountMinor: number;
  payoutMinor: number;
  currency: string;
  state: "PENDING" | "APPROVED" | "REVERSED";
  code: string;
  because: Action["because"];
  items: { sku: string; quantity: number; amountMinor: number; payoutMinor: number }[];
}

export interface UnpaidOrder {
  /** Documented reasons as impact.com sends them, or "QUEUED", or "NEVER REPORTED". */
  unpaid: string;
  because: string;
}

/** The answer to a test's question; the newest action counts where there are several. */
export function whoWasPaid(state: ImpactState, orderId: string): PaidOrder | UnpaidOrder {
  const action = actionsOf(state, orderId).at(-1);
  return action === undefined ? whyUnpaid(state, orderId) : describe(action, state.clock.now());
}

export function actionsOf(state: ImpactState, orderId?: string): Action[] {
  settleSubmissions(state);
  return state.accounts.flatMap(({ actions }) =>
    orderId === undefined ? actions : actionsOfOrder(actions, orderId),
  );
}

export function submissionsOf(state: ImpactState, orderId: string): Submission[] {
  settleSubmissions(state);
  return state.accounts
    .flatMap((account) => [...account.submissions.values()])
    .filter(({ form }) => form.get("OrderId") === orderId);
}

function describe(action: Action, now: Date): PaidOrder {
  return {
    actionId: action.id,
    partnerId: action.partnerId,
    ...totalOf(action.items),
    currency: action.currency,
    state: actionState(action, now),
    code: action.promoCode,
    because: action.because,
    items: action.items.map(({ sku, quantity, amountMinor, payoutMinor }) => ({
      sku,
      quantity,
      amountMinor,
      payoutMinor,
    })),
  };
}

function whyUnpaid(state: ImpactState, orderId: string): UnpaidOrder {
  const newest = submissionsOf(state, orderId)
    .filter(({ type }) => type === "Conversion")
    .at(-1);
  if (newest === undefined)
    return { unpaid: "NEVER REPORTED", because: `No conversion named order ${orderId}` };
  if (newest.outcome === undefined || newest.outcome === null)
    return { unpaid: "QUEUED", because: "Not processed yet" };
  return { unpaid: newest.outcome.reasons.join(" "), because: newest.outcome.because };
}
