import { Badge } from "@shopify/polaris";
import type { Batch } from "#app/core/batches/batch.ts";

export function BatchStateBadge({ state }: Pick<Batch, "state">) {
  if (state === "running") return <Badge tone="attention">Running</Badge>;
  if (state === "cancelling") return <Badge tone="attention">Being cancelled</Badge>;
  if (state === "done") return <Badge tone="success">Done</Badge>;
  if (state === "failed") return <Badge tone="critical">Stopped</Badge>;
  return <Badge>Cancelled</Badge>;
}
