import { Banner, BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { CodeText } from "../code-text.tsx";
import { RecordTable, type Column } from "../record-table.tsx";
import { useDownload } from "../use-download.ts";

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
export function LeftCodesCard({ title, adoptionId, rows, all }: Props) {
  const { start, loading, problem } = useDownload();
  if (rows.length === 0) return null;
  const address = `/app/adopt/${adoptionId}/left`;
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="200">
          <InlineStack align="space-between" blockAlign="center">
            <Text as="h2" variant="headingMd">
              {title}
            </Text>
            <Button onClick={() => start(address)} loading={loading === address}>
              Download CSV
            </Button>
          </InlineStack>
          {all > rows.length && (
            <Text as="p" tone="subdued">
              The first {rows.length} of {all.toLocaleString("en")}. The file holds all.
            </Text>
          )}
          {problem && (
            <Banner tone="critical">
              <p>{problem}</p>
            </Banner>
          )}
        </BlockStack>
      </Box>
      <RecordTable label={title} columns={COLUMNS} rows={rows} />
    </Card>
  );
}
