import { Box, Card, Link, Text } from "@shopify/polaris";
import { OrderStateBadge } from "../orders/order-state-badge.tsx";
import { RecordTable, type Column } from "../record-table.tsx";
import type { ReasonRow } from "./ledger-view.server.ts";

const COLUMNS: Column<ReasonRow>[] = [
  { title: "Why", wide: true, phone: "start", cell: ({ label }) => label },
  { title: "State", cell: ({ state }) => (state ? <OrderStateBadge state={state} /> : null) },
  { title: "Share", align: "end", phoneLabel: "Share", cell: ({ share }) => share },
  {
    title: "Orders",
    align: "end",
    phone: "end",
    cell: ({ orders, url, label }) => (
      <Link url={url} accessibilityLabel={`${orders} orders: ${label}`}>
        {orders}
      </Link>
    ),
  },
];

/** Why each order is where it is, with the way to these orders. */
export function ReasonTable({ rows }: { rows: ReasonRow[] }) {
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          By reason
        </Text>
      </Box>
      <RecordTable label="Orders by reason" columns={COLUMNS} rows={rows} />
    </Card>
  );
}
