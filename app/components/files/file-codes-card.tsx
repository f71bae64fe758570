import { Box, Card, Text } from "@shopify/polaris";
import { CodeText } from "../code-text.tsx";
import { RecordTable, type Column } from "../record-table.tsx";
import type { FileCodeRow } from "./file-view.server.ts";

interface Props {
  title: string;
  /** What there is to be done about them. */
  children: string;
  /** In all; the rows are the first of them. */
  count: number;
  rows: FileCodeRow[];
}

const COLUMNS: Column<FileCodeRow>[] = [
  { title: "Code", phone: "start", cell: ({ code }) => <CodeText>{code}</CodeText> },
  { title: "Partner", phone: "end", cell: ({ partner }) => partner },
];
const WITH_REASON: Column<FileCodeRow>[] = [
  ...COLUMNS,
  { title: "Why", wide: true, cell: ({ problem }) => problem },
];

/** The first of a file's codes that something is wrong with. */
export function FileCodesCard({ title, children, count, rows }: Props) {
  if (rows.length === 0) return null;
  const columns = rows.some(({ problem }) => problem) ? WITH_REASON : COLUMNS;
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          {title}
        </Text>
        <Text as="p" tone="subdued">
          {children}
          {count > rows.length && ` The first ${rows.length} of ${count.toLocaleString("en")}.`}
        </Text>
      </Box>
      <RecordTable label={title} columns={columns} rows={rows} />
    </Card>
  );
}
