import { BlockStack, InlineStack, ProgressBar, Text } from "@shopify/polaris";

/** How many of all are through, as a bar and in numbers. */
export function ProgressLine({ label, count, all }: { label: string; count: number; all: number }) {
  const id = `progress-${label.replaceAll(/\W/g, "-")}`;
  return (
    <BlockStack gap="150">
      <InlineStack align="space-between">
        <Text as="span" id={id}>
          {label}
        </Text>
        <Text as="span" numeric>
          {count.toLocaleString("en")} of {all.toLocaleString("en")}
        </Text>
      </InlineStack>
      <ProgressBar
        progress={all === 0 ? 0 : Math.floor((count / all) * 100)}
        size="small"
        tone={count === all ? "success" : "primary"}
        animated={false}
        ariaLabelledBy={id}
      />
    </BlockStack>
  );
}
