import { Badge, Text } from "@shopify/polaris";
import type { Partner } from "#app/core/partners/partner.ts";
import { RecordTable, type Column } from "./record-table.tsx";

interface PartnerRow extends Pick<Partner, "name" | "hasContract"> {
  id: string;
}

const COLUMNS: Column<PartnerRow>[] = [
  {
    title: "Partner",
    phone: "start",
    wide: true,
    cell: ({ name }) => (
      <Text as="span" fontWeight="semibold">
        {name}
      </Text>
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
