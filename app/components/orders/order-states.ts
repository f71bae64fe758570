import type { BadgeProps } from "@shopify/polaris";
import type { OrderState } from "#app/core/orders/order-state.ts";

interface StateLook {
  state: OrderState;
  label: string;
  tone?: NonNullable<BadgeProps["tone"]>;
}

/** The four states every order ends in, in the order screens show them. */
export const ORDER_STATES: readonly StateLook[] = [
  { state: "reported", label: "Reported", tone: "success" },
  { state: "waiting", label: "Waiting", tone: "attention" },
  { state: "ignored", label: "Ignored" },
  { state: "failed", label: "Failed", tone: "critical" },
];
