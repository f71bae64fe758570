import { Text } from "@shopify/polaris";
import { None } from "../none.tsx";
import { CodeText } from "../code-text.tsx";
import { RecordTable, type Column } from "../record-table.tsx";
import { RowLink } from "../row-link.tsx";
import type { OrderRow } from "./order-row.server.ts";
import { OrderStateBadge } from "./order-state-badge.tsx";

const COLUMNS: Column<OrderRow>[] = [
  {
    title: "Order",
    phone: "start",
    cell: ({ id, name, placedAt }) => (
      <>
        <RowLink url={`/app/orders/${id}`}>{name}</RowLink>
        <Text as="p" tone="subdued" variant="bodySm">
          {placedAt}
        </Text>
      </>
    ),
  },
  {
    title: "Partner",
    phoneLabel: "Partner",
    cell: ({ partner }) => partner ?? <None />,
  },
  {
    title: "Code",
    phoneLabel: "Code",
    cell: ({ code }) => (code ? <CodeText>{code}</CodeText> : <None />),
  },
  {
    title: "Net amount",
    align: "end",
    phone: "end",
    cell: ({ amount, kept }) => (
      <>
        {amount}
        {kept && (
          <Text as="p" tone="subdued" variant="bodySm">
            {kept} kept
          </Text>
        )}
      </>
    ),
  },
  { title: "State", cell: ({ state }) => <OrderStateBadge state={state} /> },
  {
    title: "Why",
    wide: true,
    cell: ({ why }) => (
      <Text as="p" tone="subdued">
        {why}
      </Text>
    ),
  },
];

/** Orders with their state and the sentence that says why. */
export function OrderTable({ label, rows }: { label: string; rows: OrderRow[] }) {
  return <RecordTable label={label} columns={COLUMNS} rows={rows} />;
}
