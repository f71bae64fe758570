import { BlockStack, Card, FormLayout, Select, Text } from "@shopify/polaris";
import { DraftTextField, type DraftFields } from "./draft-text-field.tsx";

const KINDS = [
  { value: "percentage", label: "Percentage" },
  { value: "amount", label: "Fixed amount" },
];

export function ValueCard({ currency, ...fields }: DraftFields & { currency: string }) {
  const { terms, change } = fields;
  const isPercentage = terms.valueKind === "percentage";
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
              options={KINDS}
              value={terms.valueKind}
              onChange={(kind) =>
                change({ valueKind: kind === "amount" ? "amount" : "percentage" })
              }
            />
            <DraftTextField
              {...fields}
              label={isPercentage ? "Percent off" : "Amount off"}
              name="value"
              inputMode="decimal"
              {...(isPercentage ? { suffix: "%" } : { prefix: currency })}
            />
          </FormLayout.Group>
        </FormLayout>
      </BlockStack>
    </Card>
  );
}
