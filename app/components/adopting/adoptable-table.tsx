import { Badge, Checkbox, InlineStack, Text } from "@shopify/polaris";
import { CodeText } from "../code-text.tsx";
import { RecordTable, type Column } from "../record-table.tsx";
import type { AdoptableRow } from "./adoptable-view.server.ts";

interface Props {
  rows: AdoptableRow[];
  picked: ReadonlySet<string>;
  onToggle: (id: string) => void;
}

/** Shopify's discounts, of which some are picked. */
export function AdoptableTable({ rows, picked, onToggle }: Props) {
  const discount: Column<AdoptableRow> = {
    title: "Discount",
    phone: "start",
    wide: true,
    cell: ({ id, title, summary }) => (
      <InlineStack gap="200" blockAlign="start" wrap={false}>
        <Checkbox
          label={`Select ${title}`}
          labelHidden
          checked={picked.has(id)}
          onChange={() => onToggle(id)}
        />
        <div>
          <Text as="p" fontWeight="semibold" breakWord>
            {title}
          </Text>
          <Text as="p" tone="subdued" variant="bodySm" breakWord>
            {summary}
          </Text>
        </div>
      </InlineStack>
    ),
  };
  return <RecordTable label="Discounts in Shopify" columns={[discount, ...COLUMNS]} rows={rows} />;
}

const COLUMNS: Column<AdoptableRow>[] = [
  { title: "State", phone: "end", cell: ({ state }) => STATES[state] },
  {
    title: "Codes",
    phoneLabel: "Codes",
    align: "end",
    cell: ({ codes, isCounted }) => `${isCounted ? "" : "At least "}${codes.toLocaleString("en")}`,
  },
  {
    title: "Managed here",
    phoneLabel: "Managed here",
    align: "end",
    cell: ({ managed }) => managed.toLocaleString("en"),
  },
  {
    title: "For example",
    phoneLabel: "For example",
    cell: ({ example }) => example && <CodeText>{example}</CodeText>,
  },
];

const STATES: Record<AdoptableRow["state"], JSX.Element> = {
  active: <Badge tone="success">Running</Badge>,
  scheduled: <Badge tone="attention">Scheduled</Badge>,
  expired: <Badge>Ended</Badge>,
};
