import { reportingEndsAt } from "../conversions/reporting-limit.ts";
import type { Connection } from "../program/program.ts";
import type { Order } from "./order.ts";
import type { OrderReason } from "./order-state.ts";

/** What only the merchant can give an order that waits. */
export type ImpactNeed = "connection" | "program" | "account" | "token";

/** The same as an order's line tells it, whatever is connected now. */
export type NeedTold = Exclude<ImpactNeed, "program">;

/** Each sentence about an access token that impact.com turns away has one of these in it. */
export const TOKEN_REFUSED = [
  "impact.com doesn't accept these credentials",
  "The access token lacks",
] as const;

/** Each about an order that only another impact.com account knows of has this in it. */
export const CONNECT_AGAIN = "Connect that account again";

/** What it says first where that account was told of the order already. */
export const REPORTED_THROUGH = "It was reported through the impact.com account";

/** For these impact.com is asked in vain while it turns the token away, or another account is connected. */
export const ASKED_IN_VAIN: readonly OrderReason[] = [
  ...(["trying-again", "outcome-pending", "adjusting"] as const),
];

/** What an order waits for that only the merchant can give; null: it goes on by itself. */
export function impactNeedOf(
  order: Pick<Order, "reason" | "problem">,
  connection: Pick<Connection, "program"> | null,
): ImpactNeed | null {
  const told = needTold(order);
  return told && needNow(told, connection);
}

/** What is needed by now. Once a program is chosen, what waited for one is being taken up. */
export function needNow(
  told: NeedTold,
  connection: Pick<Connection, "program"> | null,
): ImpactNeed | null {
  if (!connection) return "connection";
  if (told !== "connection") return told;
  return connection.program ? null : "program";
}

function needTold({ reason, problem }: Pick<Order, "reason" | "problem">): NeedTold | null {
  if (reason !== "not-connected" && !ASKED_IN_VAIN.includes(reason)) return null;
  if (TOKEN_REFUSED.some((words) => problem?.includes(words))) return "token";
  if (problem?.includes(CONNECT_AGAIN)) return "account";
  return reason === "not-connected" ? "connection" : null;
}

/** Until when it can be reported; null where impact.com was told of it, and it waits with what came later. */
export function needEndsAt({
  reason,
  problem,
  placedAt,
}: Pick<Order, "reason" | "problem" | "placedAt">): Date | null {
  const isUnsent = reason === "not-connected" || reason === "trying-again";
  const isReported = !isUnsent || (problem?.includes(REPORTED_THROUGH) ?? false);
  return isReported ? null : reportingEndsAt(placedAt);
}

/** An order's line in a few words, where it waits for that. */
export const WAITS_FOR: Record<ImpactNeed, string> = {
  connection: "Waits for impact.com to be connected",
  program: "Waits for an impact.com program to be chosen",
  account: "Waits for the impact.com account it was sent through",
  token: "Waits for an access token that impact.com accepts",
};
