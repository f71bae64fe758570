import { BlockStack, Box, Card, Text } from "@shopify/polaris";
import { RecordTable, type Column } from "../record-table.tsx";
import type { ArithmeticView } from "./arithmetic-view.server.ts";
import { RefundTable } from "./refund-table.tsx";

type Line = ArithmeticView["lines"][number];
type Amounts = ArithmeticView["totals"];

const ITEM: Column<Line> = {
  title: "Item",
  wide: true,
  cell: ({ title, units, sku, note }) => (
    <>
      {units} × {title}
      {[sku, note].filter(Boolean).map((text) => (
        <Text key={text} as="p" tone="subdued" variant="bodySm">
          {text}
        </Text>
      ))}
    </>
  ),
};

/** How an order's amount comes about, line by line, and what refunds and edits have left of it. */
export function ArithmeticCard({ arithmetic }: { arithmetic: ArithmeticView }) {
  const { explained, lines, totals, refunds } = arithmetic;
  const steps = stepsOf(arithmetic);
  const columns = [ITEM, ...steps.map(([title, step]) => amountColumn(title, step))];
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            How the amount comes about
          </Text>
          <p>{explained}</p>
        </BlockStack>
      </Box>
      <RecordTable
        label="Amounts by item"
        columns={columns}
        rows={lines}
        total={["Sum", ...steps.map(([, step]) => totals[step])]}
      />
      {refunds.length > 0 && <RefundTable refunds={refunds} />}
    </Card>
  );
}

/** Only the steps that do something on this order. */
function stepsOf(arithmetic: ArithmeticView): [title: string, step: keyof Amounts][] {
  const { hasDiscount, taxTitle, isChanged } = arithmetic;
  return [
    ["Price", "gross"],
    ...(hasDiscount ? [["Discounts", "discount"] satisfies [string, keyof Amounts]] : []),
    ...(taxTitle ? [[taxTitle, "tax"] satisfies [string, keyof Amounts]] : []),
    [isChanged ? "As ordered" : "Amount", "ordered"],
    ...(isChanged
      ? ([
          ["Refunded or removed", "taken"],
          ["Amount now", "earned"],
        ] satisfies [string, keyof Amounts][])
      : []),
  ];
}

function amountColumn(title: string, step: keyof Amounts): Column<Line> {
  return { title, phoneLabel: title, align: "end", cell: (line) => line[step] };
}
