import { Text } from "@shopify/polaris";

/** Where a table has nothing to say; at phone width the whole line is left out. */
export function None() {
  return (
    <span data-none="">
      <Text as="span" tone="subdued">
        None
      </Text>
    </span>
  );
}
