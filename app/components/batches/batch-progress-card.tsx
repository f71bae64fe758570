import { BlockStack, Card, Text } from "@shopify/polaris";
import { Facts, type Fact } from "../facts.tsx";
import { ProgressLine } from "../progress-line.tsx";
import type { BatchView } from "./batch-view.server.ts";

interface Props {
  batch: BatchView;
  /** Its registrations wait until the merchant has uploaded a file at impact.com. */
  isByFile: boolean;
}

/** How far the batch's codes have come on both sides, and how fast. */
export function BatchProgressCard({ batch, isByFile }: Props) {
  const { made, registered, families, all, counts } = batch;
  const { waitsBecause } = counts;
  const facts = factsOf(batch);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Progress
        </Text>
        <ProgressLine label="Made in Shopify" count={made} all={all} />
        <ProgressLine label="Registered at impact.com" count={registered} all={all} />
        {families.all > 0 && (
          <ProgressLine
            label="Families registered at impact.com"
            count={families.registered}
            all={families.all}
          />
        )}
        {facts.length > 0 && <Facts facts={facts} />}
        {waitsBecause && !isByFile && <Text as="p">{waitsBecause}</Text>}
        {batch.isWorking && (batch.isMaking || !isByFile) && (
          <Text as="p" tone="subdued">
            {`You can close this page: ${batch.isMaking ? "it" : "registering"} goes on.`}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

/** Only what there is any of. */
function factsOf({ counts, waiting, leftOut, pace }: BatchView): Fact[] {
  const toRegister = counts.live - counts.registered - counts.unregistrable;
  const codes: [term: string, count: number][] = [
    ["To be made", waiting],
    ["Shopify is making", counts.asked],
    ["Refused by Shopify", counts.failed],
    ["Waiting for impact.com", toRegister],
    ["Refused by impact.com", counts.unregistrable],
    ["Left out when cancelled", leftOut],
  ];
  return [
    ...codes
      .filter(([, count]) => count > 0)
      .map(([term, count]) => ({ term, value: count.toLocaleString("en") })),
    ...pace,
  ];
}
