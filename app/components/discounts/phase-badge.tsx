import { Badge } from "@shopify/polaris";
import type { DiscountTermsView } from "./discount-terms.server.ts";

export function PhaseBadge({ phase }: Pick<DiscountTermsView, "phase">) {
  if (phase === "running") return <Badge tone="success">Running</Badge>;
  if (phase === "scheduled") return <Badge tone="attention">Scheduled</Badge>;
  if (phase === "deactivated") return <Badge>Deactivated</Badge>;
  if (phase === "deleted") return <Badge>Deleted</Badge>;
  return <Badge>Ended</Badge>;
}
