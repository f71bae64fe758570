import { Banner, BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { RecordTable, type Column } from "../record-table.tsx";
import { useDownload } from "../use-download.ts";
import type { UploadView } from "./upload-view.server.ts";

const KIND_COLUMNS: Column<UploadView["kinds"][number]>[] = [
  { title: "What is wrong", phone: "start", wide: true, cell: ({ what }) => what },
  {
    title: "Rows",
    phone: "end",
    align: "end",
    cell: ({ rows }) => rows.toLocaleString("en-US"),
  },
];

const ROW_COLUMNS: Column<UploadView["wrongRows"][number]>[] = [
  { title: "Row", phone: "start", phoneLabel: "Row", cell: ({ id }) => id },
  { title: "Code", phone: "end", cell: ({ code }) => code },
  { title: "Partner", cell: ({ partner }) => partner },
  { title: "Why", wide: true, cell: ({ why }) => why },
];

/** Which rows of a file are wrong and why, and the file that gives them all back. */
export function WrongRowsCard({ view }: { view: UploadView }) {
  const { id, kinds, wrongRows, wrong } = view;
  const { start, loading, problem } = useDownload();
  const others = wrong - wrongRows.length;
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="200">
          <InlineStack align="space-between" blockAlign="center" gap="300">
            <Text as="h2" variant="headingMd">
              Wrong rows
            </Text>
            <Button
              onClick={() => start(`/app/uploads/${id}/wrong-rows`)}
              loading={loading !== null}
            >
              Download wrong rows
            </Button>
          </InlineStack>
          <Text as="p" tone="subdued">
            They are left out. Download them first: they are erased when the codes are made.
            Corrected, the file can be uploaded as it is.
          </Text>
          {problem && (
            <Banner tone="critical">
              <p>{problem}</p>
            </Banner>
          )}
        </BlockStack>
      </Box>
      <RecordTable label="Kinds of wrong rows" columns={KIND_COLUMNS} rows={kinds} />
      <RecordTable label="Wrong rows" columns={ROW_COLUMNS} rows={wrongRows} />
      {others > 0 && (
        <Box padding="400">
          <Text as="p" tone="subdued">
            {`And ${others.toLocaleString("en-US")} more: the download has all of them.`}
          </Text>
        </Box>
      )}
    </Card>
  );
}
