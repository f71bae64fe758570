import { BlockStack, Box, Card, Text } from "@shopify/polaris";
import { RecordTable, type Column } from "../record-table.tsx";
import type { AdoptionView } from "./adoption-view.server.ts";

const COLUMNS: Column<AdoptionView["partners"][number]>[] = [
  { title: "Partner", phone: "start", wide: true, cell: ({ name }) => name },
  {
    title: "Codes",
    phone: "end",
    align: "end",
    cell: ({ codes }) => codes.toLocaleString("en"),
  },
];

/** Who would get how many codes. */
export function WhoGetsThemCard({ view: { partners, allPartners } }: { view: AdoptionView }) {
  if (partners.length === 0) return null;
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            Who gets them
          </Text>
          {allPartners > partners.length && (
            <Text as="p" tone="subdued">
              The {partners.length} partners with most codes of {allPartners.toLocaleString("en")}.
            </Text>
          )}
        </BlockStack>
      </Box>
      <RecordTable label="Who gets them" columns={COLUMNS} rows={partners} />
    </Card>
  );
}
