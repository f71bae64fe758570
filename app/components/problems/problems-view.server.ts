import type { Code } from "#app/core/codes/discount.ts";
import { formatMoney, type Money } from "#app/core/money.ts";
import type { Delivery } from "#app/core/orders/delivery.ts";
import { earnerNames } from "#app/core/orders/earners.ts";
import { explainOrder } from "#app/core/orders/explain-order.ts";
import type { FailedGroup, Problems } from "#app/core/orders/list-problems.ts";
import { statusFor } from "#app/core/orders/order-state.ts";
import type { FailedBatch } from "#app/core/ports/problem-stores.ts";
import { titleOf } from "../batches/batch-view.server.ts";
import { sumText } from "../sum-text.server.ts";
import { timeFormats, type TimeFormats } from "../time-formats.server.ts";
import { impactWaitsView } from "./impact-waits-view.server.ts";

export type ProblemsView = ReturnType<typeof problemsView>;
export type GroupView = ProblemsView["groups"][number];
export type FailedOrderRow = GroupView["rows"][number];
export type FailedCodeRow = ProblemsView["codes"][number];
export type FailedBatchRow = ProblemsView["batches"][number];
export type LostDeliveryRow = ProblemsView["deliveries"][number];

/** Everything on the Problems page in a merchant's words. */
export function problemsView(problems: Problems, { timeZone }: { timeZone: string }) {
  const times = timeFormats(timeZone);
  const groups = problems.groups.map((group) => groupView(group, times));
  return {
    timeZone,
    impactWaits: impactWaitsView(problems.impactWaits, { timeZone }),
    groups,
    /** How many orders of all groups trying again can help. */
    retryable: groups.reduce((sum, { retryable }) => sum + retryable, 0),
    codes: problems.failedCodes.map(codeRow),
    batches: problems.failedBatches.map(batchRow),
    deliveries: problems.lostDeliveries.map((delivery) => deliveryRow(delivery, times)),
  };
}

function groupView(group: FailedGroup, times: TimeFormats) {
  const { reason, title, nextStep, orders, retryable } = group;
  return {
    reason,
    title,
    nextStep,
    orders,
    retryable,
    worth: sumText(group.worth),
    stake: stakeText(group.stake),
    allUrl: `/app/orders?state=${statusFor(reason).state}&reason=${reason}`,
    rows: group.newest.map((order) => ({
      id: order.orderId,
      name: order.name,
      placedAt: times.minute(order.placedAt),
      partner: earnerNames(order),
      amount: formatMoney({ minor: order.netMinor, currency: order.currency }),
      why: explainOrder(order),
      canRetry: order.canRetry,
    })),
  };
}

function stakeText(stake: Money[]): string | null {
  if (stake.length === 0) return null;
  const way = (minor: number) => (minor > 0 ? "too much" : "too little");
  const parts = stake.map(
    ({ minor, currency }) => `${formatMoney({ minor: Math.abs(minor), currency })} ${way(minor)}`,
  );
  return `impact.com counts ${parts.join(" and ")}`;
}

function codeRow({ id, code, partner, discountId, shopifyState, ...rest }: Code) {
  const isUnmade = shopifyState === "failed";
  return {
    id,
    code,
    discountId,
    partner: partner?.name ?? null,
    what: isUnmade ? "Not made in Shopify" : "Not registered at impact.com",
    problem: (isUnmade ? rest.shopifyProblem : rest.impactProblem) ?? "No reason was given.",
  };
}

function batchRow({ batchId, kind, discount, problem, codes }: FailedBatch) {
  const what = kind === "make" ? "made" : kind === "adopt" ? "adopted" : "changed";
  return {
    id: batchId,
    discountId: discount?.discountId ?? null,
    title: titleOf(kind, discount?.title ?? ""),
    codes: `${codes === 1 ? "1 code" : `${codes} codes`} not ${what}`,
    problem: problem ?? `They were not ${what}.`,
  };
}

function deliveryRow({ id, topic, receivedAt, problem, orderId }: Delivery, times: TimeFormats) {
  return {
    id,
    topic,
    receivedAt: times.minute(receivedAt),
    problem: problem ?? "It held no order.",
    orderId,
  };
}
