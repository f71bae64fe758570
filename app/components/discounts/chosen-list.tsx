import { BlockStack, Button, InlineError, InlineStack, Text } from "@shopify/polaris";
import type { Chosen } from "#app/core/codes/discount.ts";

interface Props {
  /** The fields are sent as <name>Id and <name>Title. */
  name: "item" | "segment";
  chosen: readonly Chosen[];
  onRemove: (id: string) => void;
  error?: string;
}

/** What was chosen, as the form sends it. */
export function ChosenList({ name, chosen, onRemove, error }: Props) {
  return (
    <BlockStack gap="200">
      {chosen.map(({ id, title }) => (
        <InlineStack key={id} align="space-between" blockAlign="center" gap="200" wrap={false}>
          <input type="hidden" name={`${name}Id`} value={id} />
          <input type="hidden" name={`${name}Title`} value={title} />
          <Text as="span" breakWord>
            {title}
          </Text>
          <Button
            variant="plain"
            onClick={() => onRemove(id)}
            accessibilityLabel={`Remove ${title}`}
          >
            Remove
          </Button>
        </InlineStack>
      ))}
      {error && <InlineError message={error} fieldID={`${name}-chosen`} />}
    </BlockStack>
  );
}
