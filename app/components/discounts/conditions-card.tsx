import { BlockStack, Card, Checkbox, FormLayout, Select, Text } from "@shopify/polaris";
import { DraftTextField, type DraftFields } from "./draft-text-field.tsx";

interface ShopTime {
  timeZone: string;
  /** Then its first day stays. */
  hasBegun: boolean;
}

/** When, how often, and with what the codes may be used. */
export function ConditionsCard({
  currency,
  timeZone,
  hasBegun,
  ...fields
}: DraftFields & ShopTime & { currency: string }) {
  const { terms, change } = fields;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Conditions
        </Text>
        <FormLayout>
          <Days {...fields} {...{ timeZone, hasBegun }} />
          <DraftTextField
            {...fields}
            label="Uses of each code"
            name="usageLimit"
            inputMode="numeric"
            helpText="Leave empty for no limit."
          />
          <Minimum {...fields} currency={currency} />
          <Checkbox
            label="Once per customer"
            name="oncePerCustomer"
            checked={terms.oncePerCustomer}
            onChange={(oncePerCustomer) => change({ oncePerCustomer })}
          />
          <Combinations {...fields} />
          <DraftTextField
            {...fields}
            label="Tags"
            name="tags"
            helpText="Separated by commas. Shopify's search finds the discount by them."
          />
        </FormLayout>
      </BlockStack>
    </Card>
  );
}

function Days({ timeZone, hasBegun, ...fields }: DraftFields & ShopTime) {
  return (
    <FormLayout.Group>
      <DraftTextField
        {...fields}
        label="First day"
        name="startsOn"
        type="date"
        disabled={hasBegun}
        helpText={
          hasBegun
            ? "The discount has begun."
            : `In the shop's time zone, ${timeZone.replaceAll("_", " ")}.`
        }
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

function Minimum({ currency, ...fields }: DraftFields & { currency: string }) {
  const { terms, change } = fields;
  const isQuantity = terms.minimumKind === "quantity";
  return (
    <FormLayout.Group>
      <Select
        label="Minimum"
        name="minimumKind"
        options={MINIMUMS}
        value={terms.minimumKind}
        onChange={(kind) => change({ minimumKind: kind === "quantity" ? kind : "subtotal" })}
      />
      <DraftTextField
        {...fields}
        label={isQuantity ? "Minimum number of items" : "Minimum purchase"}
        name="minimum"
        inputMode={isQuantity ? "numeric" : "decimal"}
        {...(!isQuantity && { prefix: currency })}
        helpText="Leave empty for no minimum."
      />
    </FormLayout.Group>
  );
}

const MINIMUMS = [
  { value: "subtotal", label: "Purchase amount" },
  { value: "quantity", label: "Number of items" },
];

function Combinations({ terms, change }: DraftFields) {
  return (
    <BlockStack>
      <Text as="p">Can be combined with</Text>
      <Checkbox
        label="Other order discounts"
        name="combines"
        checked={terms.combines}
        onChange={(combines) => change({ combines })}
      />
      <Checkbox
        label="Product discounts"
        name="combinesProducts"
        checked={terms.combinesProducts}
        onChange={(combinesProducts) => change({ combinesProducts })}
      />
      {terms.valueKind !== "free-shipping" && (
        <Checkbox
          label="Shipping discounts"
          name="combinesShipping"
          checked={terms.combinesShipping}
          onChange={(combinesShipping) => change({ combinesShipping })}
        />
      )}
    </BlockStack>
  );
}
