import { BlockStack, Button, Card, InlineStack, List, Text } from "@shopify/polaris";
import { CHANGE_WORDS, codesText, KEEPING } from "./change-words.ts";
import type { ChangeChoice } from "./change-query.ts";
import type { PreviewText } from "./preview-text.server.ts";

interface Props {
  choice: ChangeChoice;
  preview: PreviewText;
  /** Why the new codes would be easily guessed. */
  warning: string | null;
  isBusy: boolean;
  /** It lacks something: nobody is chosen yet. */
  isIncomplete: boolean;
  onConfirm: () => void;
}

/** What will happen on each side, and the button that asks once more. */
export function ChangePreviewCard(props: Props) {
  const { choice, preview, warning, isBusy, isIncomplete, onConfirm } = props;
  const { selected, changed, shopify, impact, orders } = preview;
  const { verb } = CHANGE_WORDS[choice.kind];
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {`${codesText(selected)} selected`}
        </Text>
        {warning && (
          <Text as="p" tone="caution">
            {`The new codes are easy to guess. ${warning}`}
          </Text>
        )}
        <Side title="In Shopify" sentences={shopify} />
        <Side title="At impact.com" sentences={impact} />
        <Side title="Orders" sentences={[orders]} />
        <InlineStack>
          <Button
            variant="primary"
            tone={KEEPING.has(choice.kind) ? "success" : "critical"}
            disabled={changed === 0 || isIncomplete}
            loading={isBusy}
            onClick={onConfirm}
          >
            {`${verb} ${codesText(changed)}`}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

function Side({ title, sentences }: { title: string; sentences: string[] }) {
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">
        {title}
      </Text>
      {sentences.length === 0 ? (
        <Text as="p">Nothing changes.</Text>
      ) : (
        <List>
          {sentences.map((sentence) => (
            <List.Item key={sentence}>{sentence}</List.Item>
          ))}
        </List>
      )}
    </BlockStack>
  );
}
