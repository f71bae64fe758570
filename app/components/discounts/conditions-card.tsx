import { BlockStack, Card, Checkbox, FormLayout, Text } from "@shopify/polaris";
import { DraftTextField, type DraftFields } from "./draft-text-field.tsx";

/** When, how often, and with what the codes may be used. */
export function ConditionsCard({
  currency,
  timeZone,
  ...fields
}: DraftFields & { currency: string; timeZone: string }) {
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

function Days({ timeZone, ...fields }: DraftFields & { timeZone: string }) {
  return (
    <FormLayout.Group>
      <DraftTextField
        {...fields}
        label="First day"
        name="startsOn"
        type="date"
        helpText={`In the shop's time zone, ${timeZone.replaceAll("_", " ")}.`}
      />
      <DraftTextField
        {...fields}
        label="Last day"
        name="endsOn"
        type="date"
        helpText="Leave empty for no end."
      />
    </FormLayout.Group>
  );
}

function Limits({ currency, ...fields }: DraftFields & { currency: string }) {
  return (
    <FormLayout.Group>
      <DraftTextField
        {...fields}
        label="Uses of each code"
        name="usageLimit"
        inputMode="numeric"
        helpText="Leave empty for no limit."
      />
      <DraftTextField
        {...fields}
        label="Minimum purchase"
        name="minimum"
        inputMode="decimal"
        prefix={currency}
        helpText="Leave empty for no minimum."
      />
    </FormLayout.Group>
  );
}
