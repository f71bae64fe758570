import { BlockStack, Card, FormLayout, Select, Text } from "@shopify/polaris";
import { ChosenList } from "./chosen-list.tsx";
import type { DraftFields } from "./draft-text-field.tsx";
import { SegmentPicker } from "./segment-picker.tsx";

const BUYERS = [
  { value: "all", label: "All customers" },
  { value: "segments", label: "Customer segments" },
];

/** Whom the discount is for. */
export function CustomersCard({ terms, change, errors }: DraftFields) {
  const { buyersKind, segments } = terms;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Customers
        </Text>
        <FormLayout>
          <Select
            label="Who may use it"
            name="buyersKind"
            options={BUYERS}
            value={buyersKind}
            onChange={(kind) => change({ buyersKind: kind === "segments" ? kind : "all" })}
          />
          {buyersKind === "segments" && (
            <BlockStack gap="200">
              <SegmentPicker
                chosen={segments}
                onChange={(chosen) => change({ segments: chosen })}
              />
              <ChosenList
                name="segment"
                chosen={segments}
                onRemove={(id) => change({ segments: segments.filter((one) => one.id !== id) })}
                {...errors("segments")}
              />
            </BlockStack>
          )}
        </FormLayout>
      </BlockStack>
    </Card>
  );
}
