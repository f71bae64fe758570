import { BlockStack, Button, InlineError, InlineStack, Select, Text } from "@shopify/polaris";

export interface TitledDiscount {
  value: string;
  label: string;
}

interface Props {
  discounts: TitledDiscount[];
  /** Ids, the highest first. */
  chosen: string[];
  change: (chosen: string[]) => void;
  error: string | undefined;
}

/** The merchant's order of discounts; those that are not in it stand below all others. */
export function DiscountOrder({ discounts, chosen, change, error }: Props) {
  const titles = new Map(discounts.map(({ value, label }) => [value, label]));
  const left = discounts.filter(({ value }) => !chosen.includes(value));
  const raise = (index: number) =>
    change(chosen.toSpliced(index - 1, 2, ...chosen.slice(index - 1, index + 1).toReversed()));
  return (
    <BlockStack gap="200">
      {chosen.map((discountId, index) => (
        <InlineStack key={discountId} gap="200" blockAlign="center">
          <input type="hidden" name="discounts" value={discountId} />
          <Text as="span">{`${index + 1}. ${titles.get(discountId) ?? "A discount that is gone"}`}</Text>
          <Button
            variant="plain"
            disabled={index === 0}
            onClick={() => raise(index)}
            accessibilityLabel={`Move ${titles.get(discountId) ?? "it"} up`}
          >
            Move up
          </Button>
          <Button
            variant="plain"
            onClick={() => change(chosen.filter((one) => one !== discountId))}
            accessibilityLabel={`Remove ${titles.get(discountId) ?? "it"}`}
          >
            Remove
          </Button>
        </InlineStack>
      ))}
      {left.length > 0 && (
        <Select
          label="Add a discount"
          options={[{ value: "", label: "Choose a discount" }, ...left]}
          value=""
          onChange={(discountId) => change([...chosen, discountId])}
        />
      )}
      {error && <InlineError message={error} fieldID="discounts" />}
    </BlockStack>
  );
}
