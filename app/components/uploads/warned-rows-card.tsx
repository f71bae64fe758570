import { BlockStack, Box, Card, Text } from "@shopify/polaris";
import { RecordTable, type Column } from "../record-table.tsx";
import type { UploadView } from "./upload-view.server.ts";

type Warned = NonNullable<UploadView["warned"]>;

const REASON_COLUMNS: Column<Warned["reasons"][number]>[] = [
  { title: "Why they are easy to guess", phone: "start", wide: true, cell: ({ what }) => what },
  {
    title: "Rows",
    phone: "end",
    align: "end",
    cell: ({ rows }) => rows.toLocaleString("en-US"),
  },
];

const ROW_COLUMNS: Column<Warned["first"][number]>[] = [
  { title: "Row", phone: "start", phoneLabel: "Row", cell: ({ id }) => id },
  { title: "Code", phone: "end", cell: ({ code }) => code },
  { title: "Why", wide: true, cell: ({ message }) => message },
];

/** New codes of a file that are easily guessed: made all the same, unless the merchant thinks again. */
export function WarnedRowsCard({ warned }: { warned: Warned }) {
  const { rows, reasons, first } = warned;
  const others = rows - first.length;
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            Easy to guess
          </Text>
          <Text as="p" tone="subdued">
            These rows are good and their codes will be made. Customers and coupon sites may find
            such codes by trying, and each order then earns the partner.
          </Text>
        </BlockStack>
      </Box>
      <RecordTable label="Why codes are easy to guess" columns={REASON_COLUMNS} rows={reasons} />
      <RecordTable label="Codes that are easy to guess" columns={ROW_COLUMNS} rows={first} />
      {others > 0 && (
        <Box padding="400">
          <Text as="p" tone="subdued">{`And ${others.toLocaleString("en-US")} more.`}</Text>
        </Box>
      )}
    </Card>
  );
}
