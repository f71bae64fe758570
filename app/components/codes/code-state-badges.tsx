import { Badge } from "@shopify/polaris";
import { IMPACT_STATES, SHOPIFY_STATES } from "#app/core/codes/code-states.ts";
import type { Code } from "#app/core/codes/discount.ts";

export function ShopifyStateBadge({ state }: { state: Code["shopifyState"] }) {
  const label = SHOPIFY_STATES[state];
  if (state === "live") return <Badge tone="success">{label}</Badge>;
  if (state === "failed") return <Badge tone="critical">{label}</Badge>;
  if (state === "retired") return <Badge>{label}</Badge>;
  return <Badge tone="attention">{label}</Badge>;
}

export function ImpactStateBadge(props: { state: Code["impactState"]; isInFile?: boolean }) {
  const { state, isInFile = false } = props;
  const label = IMPACT_STATES[state];
  if (state === "registered") return <Badge tone="success">{label}</Badge>;
  if (state === "failed") return <Badge tone="critical">{label}</Badge>;
  if (state === "expired") return <Badge>{label}</Badge>;
  return <Badge tone="attention">{isInFile ? "In a file" : label}</Badge>;
}
