import { BlockStack, Card, InlineStack, Text, TextField } from "@shopify/polaris";
import { CopyButton } from "../discounts/copy-button.tsx";

const MOST_LINES = 12;

/** The hand-out as text that a merchant copies into an e-mail. */
export function EmailCard({ text, isPart }: { text: string; isPart: boolean }) {
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" wrap={false}>
          <Text as="h2" variant="headingMd">
            Text for an e-mail
          </Text>
          <CopyButton text={text} label="Copy text for an e-mail" what="Text" />
        </InlineStack>
        <TextField
          label="Text for an e-mail"
          labelHidden
          value={text}
          readOnly
          multiline={MOST_LINES}
          autoComplete="off"
        />
        {isPart && (
          <Text as="p" tone="subdued">
            The text names the codes of this page. The download has all of them.
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}
