import { CodeText } from "../code-text.tsx";
import type { Column } from "../record-table.tsx";
import { CodesFileCard } from "../batches/codes-file-card.tsx";
import type { ChangeView, FailedChangeRow } from "./change-view.server.ts";

const COLUMNS: Column<FailedChangeRow>[] = [
  { title: "Code", phone: "start", cell: ({ code }) => <CodeText>{code}</CodeText> },
  { title: "Partner", phone: "end", cell: ({ partner }) => partner ?? "No partner" },
  { title: "Reason", wide: true, cell: ({ problem }) => problem },
];

/** The first codes that could not be changed, and all of them as a file. */
export function ChangeFailedCard({ batch }: { batch: ChangeView }) {
  const { id, failed, failedCodes } = batch;
  if (failed === 0) return null;
  const shown = { rows: failedCodes, all: failed, address: `/app/batches/${id}/failed` };
  return <CodesFileCard title="Failed codes" columns={COLUMNS} {...shown} />;
}
