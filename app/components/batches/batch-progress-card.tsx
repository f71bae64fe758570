import { BlockStack, Card, Text } from "@shopify/polaris";
import { Facts } from "../facts.tsx";
import { ProgressLine } from "../progress-line.tsx";
import type { BatchView } from "./batch-view.server.ts";

/** How far the batch's codes have come on both sides, and how fast. */
export function BatchProgressCard({ batch }: { batch: BatchView }) {
  const { counts, all, waiting, leftOut, rate, timeLeft } = batch;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Progress
        </Text>
        <ProgressLine label="Made in Shopify" count={counts.live} all={all} />
        <ProgressLine label="Registered at impact.com" count={counts.registered} all={all} />
        <Facts
          facts={[
            { term: "To be made", value: some(waiting) },
            { term: "Shopify is making", value: some(counts.asked) },
            { term: "Refused by Shopify", value: some(counts.failed) },
            { term: "Waiting for impact.com", value: some(toRegister(batch)) },
            { term: "Refused by impact.com", value: some(counts.unregistrable) },
            { term: "Left out when cancelled", value: some(leftOut) },
            { term: "Pace", value: rate },
            { term: "Time left", value: timeLeft },
          ]}
        />
        {batch.isWorking && (
          <Text as="p" tone="subdued">
            You can close this page: it goes on.
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

function toRegister({ counts }: BatchView): number {
  return counts.live - counts.registered - counts.unregistrable;
}

/** A fact is left out where there is none. */
function some(count: number): string {
  return count > 0 ? count.toLocaleString("en") : "";
}
