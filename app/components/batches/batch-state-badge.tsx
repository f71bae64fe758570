import { Badge } from "@shopify/polaris";
import type { Batch } from "#app/core/batches/batch.ts";

interface Props extends Pick<Batch, "state"> {
  /** All its codes are made, and impact.com has not taken each of them yet. */
  isRegistering?: boolean | undefined;
}

export function BatchStateBadge({ state, isRegistering = false }: Props) {
  if (state === "running") return <Badge tone="attention">Running</Badge>;
  if (state === "cancelling") return <Badge tone="attention">Being cancelled</Badge>;
  if (state === "done" && isRegistering) return <Badge tone="attention">Being registered</Badge>;
  if (state === "done") return <Badge tone="success">Done</Badge>;
  if (state === "failed") return <Badge tone="critical">Stopped</Badge>;
  return <Badge>Cancelled</Badge>;
}
