import { CodeText } from "../code-text.tsx";
import type { Column } from "../record-table.tsx";
import type { BatchView, FailedCodeRow } from "./batch-view.server.ts";
import { CodesFileCard } from "./codes-file-card.tsx";

const COLUMNS: Column<FailedCodeRow>[] = [
  { title: "Code", phone: "start", cell: ({ code }) => <CodeText>{code}</CodeText> },
  { title: "Partner", phone: "end", cell: ({ partner }) => partner ?? "No partner" },
  { title: "Failed at", phoneLabel: "Failed at", cell: ({ at }) => at },
  { title: "Reason", wide: true, cell: ({ problem }) => problem },
];

/** The first codes that failed, and all of them as a file. */
export function BatchFailedCard({ batch }: { batch: BatchView }) {
  const { id, failed, failedCodes } = batch;
  if (failed === 0) return null;
  const shown = { rows: failedCodes, all: failed, address: `/app/batches/${id}/failed` };
  return <CodesFileCard title="Failed codes" columns={COLUMNS} {...shown} />;
}
