import { BlockStack, Box, Card, Text } from "@shopify/polaris";
import { RecordTable, type Column } from "../record-table.tsx";
import type { ArithmeticView } from "./order-view.server.ts";

type Line = ArithmeticView["lines"][number];

const ITEM: Column<Line> = {
  title: "Item",
  wide: true,
  cell: ({ title, quantity, sku }) => (
    <>
      {quantity} × {title}
      {sku && (
        <Text as="p" tone="subdued" variant="bodySm">
          {sku}
        </Text>
      )}
    </>
  ),
};

const GROSS: Column<Line> = {
  title: "Price",
  phoneLabel: "Price",
  align: "end",
  cell: ({ gross }) => gross,
};

const DISCOUNT: Column<Line> = {
  title: "Discounts",
  phoneLabel: "Discounts",
  align: "end",
  cell: ({ discount }) => discount,
};

const TAX: Column<Line> = {
  title: "Included tax",
  phoneLabel: "Included tax",
  align: "end",
  cell: ({ tax }) => tax,
};

const NET: Column<Line> = {
  title: "Amount",
  phoneLabel: "Amount",
  align: "end",
  cell: ({ net }) => net,
};

/** How the reported amount comes about, line by line. */
export function ArithmeticCard({ arithmetic }: { arithmetic: ArithmeticView }) {
  const { taxesIncluded, lines, total } = arithmetic;
  const columns = [ITEM, GROSS, DISCOUNT, ...(taxesIncluded ? [TAX] : []), NET];
  const between = columns.slice(2).map(() => null);
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            How the amount comes about
          </Text>
          <p>What the partner is paid for: prices after discounts, without tax and shipping.</p>
        </BlockStack>
      </Box>
      <RecordTable
        label="Amounts by item"
        columns={columns}
        rows={lines}
        total={["Sum", ...between, total]}
      />
    </Card>
  );
}
