import { Button } from "@shopify/polaris";
import { RecordTable, type Column } from "../record-table.tsx";
import { RowLink } from "../row-link.tsx";
import type { UnassignedRow } from "./unassigned-view.server.ts";

const COLUMNS: Column<UnassignedRow>[] = [
  {
    title: "Code",
    phone: "start",
    wide: true,
    cell: ({ code }) => <RowLink url={assignUrl(code)}>{code}</RowLink>,
  },
  { title: "Typed", phoneLabel: "Typed", cell: ({ typed }) => typed },
  { title: "Orders", phoneLabel: "Orders", align: "end", cell: ({ orders }) => orders },
  { title: "Sold, before refunds", align: "end", phone: "end", cell: ({ worth }) => worth },
  {
    title: "Whose is it?",
    cell: ({ code }) => (
      <Button size="slim" url={assignUrl(code)} accessibilityLabel={`Assign code ${code}`}>
        Assign
      </Button>
    ),
  },
];

/** Codes that customers type and that earn nobody. */
export function UnassignedTable({ rows }: { rows: UnassignedRow[] }) {
  return <RecordTable label="Codes without a partner" columns={COLUMNS} rows={rows} />;
}

export function assignUrl(code: string): string {
  return `/app/codes/assign?${new URLSearchParams({ code })}`;
}
