import { Banner, BlockStack, List, Text } from "@shopify/polaris";

export interface LostDelivery {
  id: string;
  topic: string;
  receivedAt: string;
  problem: string;
}

/** Deliveries whose order nothing has brought: without this list, it would be missed in silence. */
export function LostDeliveries({ deliveries }: { deliveries: LostDelivery[] }) {
  if (deliveries.length === 0) return null;
  const title =
    deliveries.length === 1
      ? "A delivery from Shopify could not be used in the last 7 days."
      : `${deliveries.length} deliveries from Shopify could not be used in the last 7 days.`;
  return (
    <Banner tone="critical" action={{ content: "See problems", url: "/app/problems" }}>
      <BlockStack gap="200">
        <Text as="p" fontWeight="semibold">
          {title}
        </Text>
        <p>Their orders are missing below.</p>
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
