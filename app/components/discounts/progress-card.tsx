import { BlockStack, Card, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import type { DiscountView } from "./discount-view.server.ts";

/** How far the codes have come in Shopify and at impact.com. */
export function ProgressCard({ counts }: Pick<DiscountView, "counts">) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Progress
        </Text>
        <Progress label="Made in Shopify" count={counts.live} all={counts.all} />
        <Progress label="Registered at impact.com" count={counts.registered} all={counts.all} />
      </BlockStack>
    </Card>
  );
}

function Progress({ label, count, all }: { label: string; count: number; all: number }) {
  const id = `progress-${label.replaceAll(/\W/g, "-")}`;
  return (
    <BlockStack gap="150">
      <InlineStack align="space-between">
        <Text as="span" id={id}>
          {label}
        </Text>
        <Text as="span" numeric>
          {count} of {all}
        </Text>
      </InlineStack>
      <ProgressBar
        progress={all === 0 ? 0 : (count / all) * 100}
        size="small"
        tone={count === all ? "success" : "primary"}
        animated={false}
        ariaLabelledBy={id}
      />
    </BlockStack>
  );
}
