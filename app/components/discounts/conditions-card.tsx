import { BlockStack, Card, Checkbox, FormLayout, Text, TextField } from "@shopify/polaris";
import type { ChangeTerms, DraftTerms } from "./draft-terms.ts";
import type { FieldErrors } from "./use-field-errors.ts";

interface Props {
  terms: DraftTerms;
  change: ChangeTerms;
  errors: FieldErrors;
  currency: string;
  timeZone: string;
}

/** When, how often, and with what the codes may be used. */
export function ConditionsCard({ terms, change, errors, currency, timeZone }: Props) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Conditions
        </Text>
        <FormLayout>
          <FormLayout.Group>
            <TextField
              label="First day"
              name="startsOn"
              type="date"
              value={terms.startsOn}
              onChange={(startsOn) => change({ startsOn })}
              autoComplete="off"
              helpText={`In the shop's time zone, ${timeZone.replaceAll("_", " ")}.`}
              {...errors("startsOn")}
            />
            <TextField
              label="Last day"
              name="endsOn"
              type="date"
              value={terms.endsOn}
              onChange={(endsOn) => change({ endsOn })}
              autoComplete="off"
              helpText="Leave empty for no end."
              {...errors("endsOn")}
            />
          </FormLayout.Group>
          <FormLayout.Group>
            <TextField
              label="Uses of each code"
              name="usageLimit"
              value={terms.usageLimit}
              onChange={(usageLimit) => change({ usageLimit })}
              autoComplete="off"
              inputMode="numeric"
              helpText="Leave empty for no limit."
              {...errors("usageLimit")}
            />
            <TextField
              label="Minimum purchase"
              name="minimum"
              value={terms.minimum}
              onChange={(minimum) => change({ minimum })}
              autoComplete="off"
              inputMode="decimal"
              prefix={currency}
              helpText="Leave empty for no minimum."
              {...errors("minimum")}
            />
          </FormLayout.Group>
          <Checkbox
            label="Once per customer"
            name="oncePerCustomer"
            checked={terms.oncePerCustomer}
            onChange={(oncePerCustomer) => change({ oncePerCustomer })}
          />
          <Checkbox
            label="Can be combined with other order discounts"
            name="combines"
            checked={terms.combines}
            onChange={(combines) => change({ combines })}
          />
        </FormLayout>
      </BlockStack>
    </Card>
  );
}
