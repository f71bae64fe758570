import { BlockStack, Card, FormLayout, Select, Text } from "@shopify/polaris";
import type { TermsDraft } from "#app/core/codes/terms-draft.ts";
import { DraftTextField, type DraftFields } from "./draft-text-field.tsx";

type Kind = TermsDraft["valueKind"];

const KINDS: { value: Kind; label: string }[] = [
  { value: "percentage", label: "Percentage" },
  { value: "amount", label: "Amount off the order" },
  { value: "amount-each", label: "Amount off each item" },
  { value: "free-shipping", label: "Free shipping" },
];

interface Props extends DraftFields {
  currency: string;
  /** Shopify has made it: free shipping stays that, and nothing else becomes it. */
  isMade: boolean;
}

export function ValueCard({ currency, isMade, ...fields }: Props) {
  const { terms, change } = fields;
  const isShipping = (kind: Kind) => kind === "free-shipping";
  const kinds = KINDS.filter(
    ({ value }) => !isMade || isShipping(value) === isShipping(terms.valueKind),
  );
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Discount
        </Text>
        <FormLayout>
          <DraftTextField
            {...fields}
            label="Name"
            name="title"
            helpText="Customers don't see it. They see their code."
          />
          <FormLayout.Group>
            <Select
              label="Value"
              name="valueKind"
              options={kinds}
              value={terms.valueKind}
              onChange={(kind) =>
                change({
                  valueKind: KINDS.find(({ value }) => value === kind)?.value ?? "percentage",
                })
              }
            />
            <Value {...fields} currency={currency} />
          </FormLayout.Group>
        </FormLayout>
      </BlockStack>
    </Card>
  );
}

function Value({ currency, ...fields }: DraftFields & { currency: string }) {
  switch (fields.terms.valueKind) {
    case "percentage":
      return (
        <DraftTextField
          {...fields}
          label="Percent off"
          name="value"
          inputMode="decimal"
          suffix="%"
        />
      );
    case "free-shipping":
      return (
        <DraftTextField
          {...fields}
          label="Only where shipping costs at most"
          name="mostShipping"
          inputMode="decimal"
          prefix={currency}
          helpText="Leave empty for any shipping rate, to all countries."
        />
      );
    case "amount":
    case "amount-each":
      return (
        <DraftTextField
          {...fields}
          label="Amount off"
          name="value"
          inputMode="decimal"
          prefix={currency}
        />
      );
  }
}
