import { Badge } from "@shopify/polaris";
import { RecordTable, type Column } from "../record-table.tsx";
import { RowLink } from "../row-link.tsx";
import type { FileRow } from "./file-view.server.ts";
import { codesText } from "./file-words.ts";

const COLUMNS: Column<FileRow>[] = [
  {
    title: "File",
    phone: "start",
    wide: true,
    cell: ({ id, codes }) => <RowLink url={`/app/files/${id}`}>{codesText(codes)}</RowLink>,
  },
  { title: "State", phone: "end", cell: (file) => <FileStateBadge file={file} /> },
  { title: "Made", phoneLabel: "Made", cell: ({ madeAt }) => madeAt },
  {
    title: "Arrived",
    phoneLabel: "Arrived",
    align: "end",
    cell: ({ arrived }) => arrived.toLocaleString("en"),
  },
];

export function FileTable({ rows }: { rows: FileRow[] }) {
  return <RecordTable label="Files" columns={COLUMNS} rows={rows} />;
}

export function FileStateBadge({ file }: { file: Pick<FileRow, "state" | "isOverdue"> }) {
  if (file.isOverdue) return <Badge tone="critical">Codes missing</Badge>;
  if (file.state === "done") return <Badge tone="success">Done</Badge>;
  if (file.state === "taken-back") return <Badge>Taken back</Badge>;
  return <Badge tone="attention">Under way</Badge>;
}
