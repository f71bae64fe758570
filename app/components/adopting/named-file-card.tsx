import { Banner, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { RecordTable, type Column } from "../record-table.tsx";
import { useDownload } from "../use-download.ts";
import type { AdoptionView } from "./adoption-view.server.ts";

type FileView = NonNullable<AdoptionView["file"]>;

const COLUMNS: Column<FileView["wrongRows"][number]>[] = [
  { title: "Row", phone: "start", phoneLabel: "Row", cell: ({ id }) => id },
  { title: "Why", wide: true, cell: ({ why }) => why },
];

/** How many rows of the file were read, and which are wrong and why. */
export function NamedFileCard({ adoptionId, file }: { adoptionId: string; file: FileView }) {
  const { start, loading, problem } = useDownload();
  const number = (count: number) => count.toLocaleString("en");
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingMd" breakWord>
            {file.name}
          </Text>
          {file.wrong > 0 && (
            <Button
              onClick={() => start(`/app/adopt/${adoptionId}/wrong-rows`)}
              loading={loading !== null}
            >
              Download wrong rows
            </Button>
          )}
        </InlineStack>
        <Text as="p">
          {file.rows === 1 ? "1 row was read" : `${number(file.rows)} rows were read`}, and{" "}
          {file.wrong === 0 ? "none is wrong." : `${number(file.wrong)} of them are left out.`}
        </Text>
        {problem && (
          <Banner tone="critical">
            <p>{problem}</p>
          </Banner>
        )}
        {file.wrongRows.length > 0 && (
          <RecordTable label="Wrong rows" columns={COLUMNS} rows={file.wrongRows} />
        )}
      </BlockStack>
    </Card>
  );
}
