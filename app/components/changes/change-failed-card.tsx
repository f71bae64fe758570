import { Banner, BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { CodeText } from "../code-text.tsx";
import { RecordTable, type Column } from "../record-table.tsx";
import { useDownload } from "../use-download.ts";
import type { ChangeView, FailedChangeRow } from "./change-view.server.ts";

const COLUMNS: Column<FailedChangeRow>[] = [
  { title: "Code", phone: "start", cell: ({ code }) => <CodeText>{code}</CodeText> },
  { title: "Partner", phone: "end", cell: ({ partner }) => partner ?? "No partner" },
  { title: "Reason", wide: true, cell: ({ problem }) => problem },
];

/** The first codes that could not be changed, and all of them as a file. */
export function ChangeFailedCard({ batch }: { batch: ChangeView }) {
  const { start, loading, problem } = useDownload();
  const { id, failed, failedCodes } = batch;
  if (failed === 0) return null;
  const address = `/app/batches/${id}/failed`;
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="200">
          <InlineStack align="space-between" blockAlign="center">
            <Text as="h2" variant="headingMd">
              Failed codes
            </Text>
            <Button onClick={() => start(address)} loading={loading === address}>
              Download CSV
            </Button>
          </InlineStack>
          {failed > failedCodes.length && (
            <Text as="p" tone="subdued">
              The first {failedCodes.length} of {failed.toLocaleString("en")}. The file holds all.
            </Text>
          )}
          {problem && (
            <Banner tone="critical">
              <p>{problem}</p>
            </Banner>
          )}
        </BlockStack>
      </Box>
      <RecordTable label="Failed codes" columns={COLUMNS} rows={failedCodes} />
    </Card>
  );
}
