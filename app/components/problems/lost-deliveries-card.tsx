import { Button, Text } from "@shopify/polaris";
import { RecordTable, type Column } from "../record-table.tsx";
import { ProblemCard } from "./problem-card.tsx";
import type { LostDeliveryRow } from "./problems-view.server.ts";
import type { RetryProps } from "./retry.ts";

/** Deliveries from Shopify that could not be used and whose order has come in no other way. */
export function LostDeliveriesCard(props: RetryProps & { rows: LostDeliveryRow[] }) {
  const { rows, retry, isBusy } = props;
  if (rows.length === 0) return null;
  const columns: Column<LostDeliveryRow>[] = [
    {
      title: "Received",
      phone: "start",
      cell: ({ topic, receivedAt }) => (
        <>
          <Text as="span" fontWeight="semibold">
            {receivedAt}
          </Text>
          <Text as="p" tone="subdued" variant="bodySm">
            {topic}
          </Text>
        </>
      ),
    },
    { title: "What happened", wide: true, cell: ({ problem }) => problem },
    {
      title: "Again",
      cell: ({ id, orderId }) =>
        orderId && (
          <Button
            size="slim"
            disabled={isBusy}
            accessibilityLabel={`Ask Shopify for order ${orderId}`}
            onClick={() => retry({ intent: "fetch-order", deliveryId: id })}
          >
            Ask Shopify for it
          </Button>
        ),
    },
  ];
  return (
    <ProblemCard
      title="Deliveries that could not be used"
      facts={[rows.length === 1 ? "1 delivery in 7 days" : `${rows.length} deliveries in 7 days`]}
      nextStep="Shopify is asked for each order that a delivery names; if one stays here, tell our support. Where none is named, the Ledger's next check finds the order if it is missing."
    >
      <RecordTable label="Deliveries that could not be used" columns={columns} rows={rows} />
    </ProblemCard>
  );
}
