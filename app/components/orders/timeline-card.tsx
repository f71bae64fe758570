import { BlockStack, Card, Text } from "@shopify/polaris";
import type { OrderView } from "./order-view.server.ts";
import styles from "./timeline-card.module.css";

/** Every hop of an order's way with its time, oldest first. */
export function TimelineCard({ timeline }: Pick<OrderView, "timeline">) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          What happened
        </Text>
        <ol className={styles["timeline"]}>
          {timeline.map(({ at, title, detail, tone }) => (
            <li key={`${at} ${title}`} className={styles["hop"]} data-tone={tone}>
              <Text as="p" fontWeight="medium">
                {title}
              </Text>
              <Text as="p" tone="subdued" variant="bodySm">
                {at}
              </Text>
              {detail && <Text as="p">{detail}</Text>}
            </li>
          ))}
        </ol>
      </BlockStack>
    </Card>
  );
}
