import type { BadgeProps } from "@shopify/polaris";
import type { OrderState } from "#app/core/orders/order-state.ts";

interface StateLook {
  state: OrderState;
  label: string;
  meaning: string;
  tone?: NonNullable<BadgeProps["tone"]>;
}

/** The four states every order ends in, in the order screens show them. */
export const ORDER_STATES: readonly StateLook[] = [
  {
    state: "reported",
    label: "Reported",
    meaning: "credited at impact.com",
    tone: "success",
  },
  { state: "waiting", label: "Waiting", meaning: "on its way to impact.com", tone: "attention" },
  { state: "ignored", label: "Ignored", meaning: "no partner earned it" },
  { state: "failed", label: "Failed", meaning: "needs you", tone: "critical" },
];
