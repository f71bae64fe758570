import { Badge } from "@shopify/polaris";
import type { Partner } from "#app/core/partners/partner.ts";
import { RecordTable, type Column } from "./record-table.tsx";
import { RowLink } from "./row-link.tsx";

interface PartnerRow extends Pick<Partner, "name" | "hasContract"> {
  id: string;
}

const COLUMNS: Column<PartnerRow>[] = [
  {
    title: "Partner",
    phone: "start",
    wide: true,
    cell: ({ id, name }) => (
      <RowLink url={`/app/partners/${encodeURIComponent(id)}`}>{name}</RowLink>
    ),
  },
  { title: "Number at impact.com", phoneLabel: "Number at impact.com", cell: ({ id }) => id },
  {
    title: "Contract",
    phone: "end",
    cell: ({ hasContract }) =>
      hasContract ? <Badge tone="success">Live contract</Badge> : <Badge>No contract</Badge>,
  },
];

export function PartnerTable({ rows }: { rows: PartnerRow[] }) {
  return <RecordTable label="Partners" columns={COLUMNS} rows={rows} />;
}
