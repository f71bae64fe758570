import { useAppBridge } from "@shopify/app-bridge-react";
import { BlockStack, Button, Card, FormLayout, InlineStack, Select, Text } from "@shopify/polaris";
import type { TermsDraft } from "#app/core/codes/terms-draft.ts";
import { ChosenList } from "./chosen-list.tsx";
import { DraftTextField, type DraftFields } from "./draft-text-field.tsx";

const ITEMS: { value: TermsDraft["itemsKind"]; label: string }[] = [
  { value: "all", label: "All products" },
  { value: "products", label: "Some products" },
  { value: "collections", label: "Some collections" },
];

const PURCHASES: { value: TermsDraft["purchases"]; label: string }[] = [
  { value: "one-time", label: "One-time purchases" },
  { value: "subscription", label: "Subscriptions" },
  { value: "both", label: "Both" },
];

/** What the discount is taken off. */
export function ItemsCard(fields: DraftFields) {
  const { terms, change, errors } = fields;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Applies to
        </Text>
        <FormLayout>
          {terms.valueKind !== "free-shipping" && <Items {...fields} />}
          <Select
            label="Purchases"
            name="purchases"
            options={PURCHASES}
            value={terms.purchases}
            onChange={(chosen) =>
              change({
                purchases: PURCHASES.find(({ value }) => value === chosen)?.value ?? "both",
              })
            }
            {...errors("purchases")}
          />
          {terms.purchases !== "one-time" && (
            <DraftTextField
              {...fields}
              label="Payments of a subscription"
              name="cycles"
              inputMode="numeric"
              helpText="How many are discounted. Leave empty for all."
            />
          )}
        </FormLayout>
      </BlockStack>
    </Card>
  );
}

function Items({ terms, change, errors }: DraftFields) {
  const { itemsKind: kind, items } = terms;
  const pick = usePicker();
  const browse = async () => {
    const chosen = await pick(kind === "collections" ? "collection" : "product", items);
    if (chosen) change({ items: chosen });
  };
  return (
    <BlockStack gap="200">
      <Select
        label="Products"
        name="itemsKind"
        options={ITEMS}
        value={kind}
        onChange={(chosen) =>
          change({
            itemsKind: ITEMS.find(({ value }) => value === chosen)?.value ?? "all",
            items: [],
          })
        }
      />
      {kind !== "all" && (
        <>
          <ChosenList
            name="item"
            chosen={items}
            onRemove={(id) => change({ items: items.filter((one) => one.id !== id) })}
            {...errors("items")}
          />
          <InlineStack>
            <Button onClick={() => void browse()}>{`Choose ${kind}`}</Button>
          </InlineStack>
        </>
      )}
    </BlockStack>
  );
}

/** Shopify's own picker; undefined where the merchant cancels it. */
function usePicker() {
  const shopify = useAppBridge();
  return async (type: "product" | "collection", chosen: TermsDraft["items"]) => {
    const picked = await shopify.resourcePicker({
      type,
      multiple: true,
      action: "select",
      selectionIds: chosen.map(({ id }) => ({ id })),
      filter: { variants: false },
    });
    return picked?.map(({ id, title }) => ({ id, title }));
  };
}
