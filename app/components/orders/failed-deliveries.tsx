import { Banner, BlockStack, List, Text } from "@shopify/polaris";

export interface FailedDeliveryRow {
  id: string;
  topic: string;
  receivedAt: string;
  problem: string;
}

/** Deliveries that held no order to read: without this list, their orders would be missed in silence. */
export function FailedDeliveries({ deliveries }: { deliveries: FailedDeliveryRow[] }) {
  if (deliveries.length === 0) return null;
  const title =
    deliveries.length === 1
      ? "A delivery from Shopify could not be used in the last 7 days."
      : `${deliveries.length} deliveries from Shopify could not be used in the last 7 days.`;
  return (
    <Banner tone="critical">
      <BlockStack gap="200">
        <Text as="p" fontWeight="semibold">
          {title}
        </Text>
        <p>Their orders are missing or out of date below. Please tell our support.</p>
        <List>
          {deliveries.map(({ id, topic, receivedAt, problem }) => (
            <List.Item key={id}>
              {topic}, {receivedAt}: {problem}
            </List.Item>
          ))}
        </List>
      </BlockStack>
    </Banner>
  );
}
