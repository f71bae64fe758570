import { Box, Text } from "@shopify/polaris";
import { RecordTable, type Column } from "../record-table.tsx";
import type { ArithmeticView } from "./arithmetic-view.server.ts";

type Refund = ArithmeticView["refunds"][number];

const COLUMNS: Column<Refund>[] = [
  { title: "Refunded", phone: "start", cell: ({ at }) => at },
  { title: "What", wide: true, cell: ({ what }) => what },
  { title: "For items", phoneLabel: "For items", align: "end", cell: ({ items }) => items },
  {
    title: "Beyond items",
    phoneLabel: "Beyond items",
    align: "end",
    cell: ({ beyond }) => beyond,
  },
];

/** Refunds of an order as Shopify states them, oldest first. */
export function RefundTable({ refunds }: { refunds: Refund[] }) {
  return (
    <>
      <Box padding="400" paddingBlockEnd="200">
        <Text as="h3" variant="headingSm">
          Refunds
        </Text>
      </Box>
      <RecordTable label="Refunds" columns={COLUMNS} rows={refunds} />
    </>
  );
}
