import { CodeText } from "../code-text.tsx";
import type { Column } from "../record-table.tsx";
import { FailedCodesCard } from "../batches/failed-codes-card.tsx";
import type { ChangeView, FailedChangeRow } from "./change-view.server.ts";

const COLUMNS: Column<FailedChangeRow>[] = [
  { title: "Code", phone: "start", cell: ({ code }) => <CodeText>{code}</CodeText> },
  { title: "Partner", phone: "end", cell: ({ partner }) => partner ?? "No partner" },
  { title: "Reason", wide: true, cell: ({ problem }) => problem },
];

/** The first codes that could not be changed, and all of them as a file. */
export function ChangeFailedCard({ batch }: { batch: ChangeView }) {
  return <FailedCodesCard batch={batch} columns={COLUMNS} />;
}
