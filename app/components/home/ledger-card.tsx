import { BlockStack, Card, Link, Text } from "@shopify/polaris";
import type { OrderState } from "#app/core/orders/order-state.ts";
import { ORDER_STATES } from "../orders/order-states.ts";
import styles from "./ledger-card.module.css";

/** Every order is in exactly one of the four states: one line and one picture. */
export function LedgerCard({ orders }: { orders: Record<OrderState, number> }) {
  const all = ORDER_STATES.reduce((sum, { state }) => sum + orders[state], 0);
  const present = ORDER_STATES.filter(({ state }) => orders[state] > 0);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Orders
        </Text>
        <p>{sentence(orders, all)}</p>
        <div className={styles["bar"]} aria-hidden="true">
          {present.map(({ state }) => (
            <span key={state} data-state={state} style={{ flexGrow: orders[state] }} />
          ))}
        </div>
        <ul className={styles["legend"]}>
          {ORDER_STATES.map(({ state, label, meaning }) => (
            <li key={state}>
              <span className={styles["dot"]} data-state={state} />
              <Link url={`/app/orders?state=${state}`} monochrome>
                {`${label}: ${orders[state]}`}
              </Link>
              <Text as="p" variant="bodySm" tone="subdued">
                {meaning}
              </Text>
            </li>
          ))}
        </ul>
      </BlockStack>
    </Card>
  );
}

function sentence(orders: Record<OrderState, number>, all: number): string {
  const of = all === 1 ? "1 order" : `${all} orders`;
  const earned = `${orders.reported} of ${of} earned a partner credit at impact.com.`;
  if (orders.failed === 0) return earned;
  return `${earned} ${orders.failed === 1 ? "1 failed and needs you." : `${orders.failed} failed and need you.`}`;
}
