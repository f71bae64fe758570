import { CodesFileCard } from "../batches/codes-file-card.tsx";
import { CodeText } from "../code-text.tsx";
import type { Column } from "../record-table.tsx";

interface LeftRow {
  id: string;
  code: string;
  problem: string;
}

interface Props {
  title: string;
  adoptionId: string;
  /** The first of them, and how many there are. */
  rows: LeftRow[];
  all: number;
}

const COLUMNS: Column<LeftRow>[] = [
  { title: "Code", phone: "start", cell: ({ code }) => <CodeText>{code}</CodeText> },
  { title: "Reason", wide: true, cell: ({ problem }) => problem },
];

/** The first codes without a partner and why, and all of them as a file. */
export function LeftCodesCard({ adoptionId, ...shown }: Props) {
  if (shown.rows.length === 0) return null;
  return <CodesFileCard {...shown} columns={COLUMNS} address={`/app/adopt/${adoptionId}/left`} />;
}
