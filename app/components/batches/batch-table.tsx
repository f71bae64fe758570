import { RecordTable, type Column } from "../record-table.tsx";
import { RowLink } from "../row-link.tsx";
import { BatchStateBadge } from "./batch-state-badge.tsx";
import type { BatchRow } from "./batch-view.server.ts";

const COLUMNS: Column<BatchRow>[] = [
  {
    title: "Batch",
    phone: "start",
    wide: true,
    cell: ({ id, title }) => <RowLink url={`/app/batches/${id}`}>{title}</RowLink>,
  },
  { title: "State", phone: "end", cell: (row) => <BatchStateBadge {...row} /> },
  { title: "Started", phoneLabel: "Started", cell: ({ startedAt }) => startedAt },
  {
    title: "Made or changed",
    phoneLabel: "Made or changed",
    align: "end",
    cell: ({ live, codes }) => `${live.toLocaleString("en")} of ${codes.toLocaleString("en")}`,
  },
  {
    title: "Refused",
    phoneLabel: "Refused",
    align: "end",
    cell: ({ failed }) => failed > 0 && failed.toLocaleString("en"),
  },
];

export function BatchTable({ rows }: { rows: BatchRow[] }) {
  return <RecordTable label="Batches" columns={COLUMNS} rows={rows} />;
}
