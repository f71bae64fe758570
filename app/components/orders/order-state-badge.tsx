import { Badge } from "@shopify/polaris";
import type { OrderState } from "#app/core/orders/order-state.ts";
import { ORDER_STATES } from "./order-states.ts";

export function OrderStateBadge({ state }: { state: OrderState }) {
  const look = ORDER_STATES.find((candidate) => candidate.state === state);
  if (!look) return null;
  return <Badge {...(look.tone && { tone: look.tone })}>{look.label}</Badge>;
}
