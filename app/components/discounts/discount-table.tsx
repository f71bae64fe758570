import { Badge, InlineStack, Text } from "@shopify/polaris";
import { RecordTable, type Column } from "../record-table.tsx";
import { RowLink } from "../row-link.tsx";
import type { DiscountRow } from "./discount-row.server.ts";
import { PhaseBadge } from "./phase-badge.tsx";

const COLUMNS: Column<DiscountRow>[] = [
  {
    title: "Discount",
    phone: "start",
    wide: true,
    cell: ({ id, title, what, dates }) => (
      <>
        <RowLink url={`/app/discounts/${id}`}>{title}</RowLink>
        <Text as="p" tone="subdued" variant="bodySm">
          {what} · {dates}
        </Text>
      </>
    ),
  },
  { title: "State", phone: "end", cell: ({ phase }) => <PhaseBadge phase={phase} /> },
  {
    title: "Made in Shopify",
    phoneLabel: "Made in Shopify",
    align: "end",
    cell: ({ live, codes }) => countOf(live, codes),
  },
  {
    title: "Registered at impact.com",
    phoneLabel: "Registered at impact.com",
    align: "end",
    cell: ({ registered, codes }) => countOf(registered, codes),
  },
  {
    title: "Problems",
    align: "end",
    cell: ({ failed }) => failed > 0 && <Problems count={failed} />,
  },
];

function countOf(count: number, all: number): string {
  return `${count.toLocaleString("en")} of ${all.toLocaleString("en")}`;
}

export function DiscountTable({ rows }: { rows: DiscountRow[] }) {
  return <RecordTable label="Discounts" columns={COLUMNS} rows={rows} />;
}

function Problems({ count }: { count: number }) {
  return (
    <InlineStack>
      <Badge tone="critical">
        {count === 1 ? "1 code failed" : `${count.toLocaleString("en")} codes failed`}
      </Badge>
    </InlineStack>
  );
}
