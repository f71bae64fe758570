import { BlockStack, Card, Checkbox, FormLayout, Text, TextField } from "@shopify/polaris";
import type { ChangeTerms, DraftTerms } from "./draft-terms.ts";
import type { FieldErrors } from "./use-field-errors.ts";

interface Fields {
  terms: DraftTerms;
  change: ChangeTerms;
  errors: FieldErrors;
}

/** When, how often, and with what the codes may be used. */
export function ConditionsCard({
  currency,
  timeZone,
  ...fields
}: Fields & { currency: string; timeZone: string }) {
  const { terms, change } = fields;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Conditions
        </Text>
        <FormLayout>
          <Days {...fields} timeZone={timeZone} />
          <Limits {...fields} currency={currency} />
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

function Days({ terms, change, errors, timeZone }: Fields & { timeZone: string }) {
  return (
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
  );
}

function Limits({ terms, change, errors, currency }: Fields & { currency: string }) {
  return (
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
  );
}
