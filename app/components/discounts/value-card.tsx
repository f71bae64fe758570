import { BlockStack, Card, FormLayout, Select, Text, TextField } from "@shopify/polaris";
import type { ChangeTerms, DraftTerms } from "./draft-terms.ts";
import type { FieldErrors } from "./use-field-errors.ts";

interface Props {
  terms: DraftTerms;
  change: ChangeTerms;
  errors: FieldErrors;
  currency: string;
}

const KINDS = [
  { value: "percentage", label: "Percentage" },
  { value: "amount", label: "Fixed amount" },
];

export function ValueCard({ terms, change, errors, currency }: Props) {
  const isPercentage = terms.valueKind === "percentage";
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Discount
        </Text>
        <FormLayout>
          <TextField
            label="Name"
            name="title"
            value={terms.title}
            onChange={(title) => change({ title })}
            autoComplete="off"
            helpText="Customers don't see it. They see their code."
            {...errors("title")}
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
            <TextField
              label={isPercentage ? "Percent off" : "Amount off"}
              name="value"
              value={terms.value}
              onChange={(value) => change({ value })}
              autoComplete="off"
              inputMode="decimal"
              {...(isPercentage ? { suffix: "%" } : { prefix: currency })}
              {...errors("value")}
            />
          </FormLayout.Group>
        </FormLayout>
      </BlockStack>
    </Card>
  );
}
