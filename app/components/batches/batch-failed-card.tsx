import { CodeText } from "../code-text.tsx";
import type { Column } from "../record-table.tsx";
import type { BatchView, FailedCodeRow } from "./batch-view.server.ts";
import { FailedCodesCard } from "./failed-codes-card.tsx";

const COLUMNS: Column<FailedCodeRow>[] = [
  { title: "Code", phone: "start", cell: ({ code }) => <CodeText>{code}</CodeText> },
  { title: "Partner", phone: "end", cell: ({ partner }) => partner ?? "No partner" },
  { title: "Failed at", phoneLabel: "Failed at", cell: ({ at }) => at },
  { title: "Reason", wide: true, cell: ({ problem }) => problem },
];

/** The first codes that failed, and all of them as a file. */
export function BatchFailedCard({ batch }: { batch: BatchView }) {
  return <FailedCodesCard batch={batch} columns={COLUMNS} />;
}
