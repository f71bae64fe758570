import { Banner, BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { RecordTable, type Column } from "../record-table.tsx";
import { useDownload } from "../use-download.ts";

interface Props<Row extends { id: string }> {
  /** Which batch, how many of its codes failed, and the first of them. */
  batch: { id: string; failed: number; failedCodes: Row[] };
  columns: Column<Row>[];
}

/** The first codes of a batch that failed, and all of them as a file. */
export function FailedCodesCard<Row extends { id: string }>({ batch, columns }: Props<Row>) {
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
      <RecordTable label="Failed codes" columns={columns} rows={failedCodes} />
    </Card>
  );
}
