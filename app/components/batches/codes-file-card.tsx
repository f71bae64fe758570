import { Banner, BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { RecordTable, type Column } from "../record-table.tsx";
import { useDownload } from "../use-download.ts";

interface Props<Row extends { id: string }> {
  title: string;
  columns: Column<Row>[];
  /** The first of them, and how many there are. */
  rows: Row[];
  all: number;
  /** Where the file of all of them is. */
  address: string;
}

/** The first codes of those that something is to be said of, and all of them as a file. */
export function CodesFileCard<Row extends { id: string }>(props: Props<Row>) {
  const { title, columns, rows, all, address } = props;
  const { start, loading, problem } = useDownload();
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
      <RecordTable label={title} columns={columns} rows={rows} />
    </Card>
  );
}
