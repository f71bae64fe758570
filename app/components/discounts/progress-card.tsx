import { BlockStack, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { ProgressLine } from "../progress-line.tsx";
import type { DiscountView } from "./discount-view.server.ts";

/** How far the codes have come in Shopify and at impact.com. */
export function ProgressCard({ counts, batchId }: Pick<DiscountView, "counts" | "batchId">) {
  const { all, live, registered } = counts;
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Progress
          </Text>
          {batchId && <Link url={`/app/batches/${batchId}`}>Newest batch</Link>}
        </InlineStack>
        <ProgressLine label="Made in Shopify" count={live} all={all} />
        <ProgressLine label="Registered at impact.com" count={registered} all={all} />
      </BlockStack>
    </Card>
  );
}
