import { Badge, InlineStack, Text } from "@shopify/polaris";
import { CodeText } from "../code-text.tsx";
import { RecordTable, type Column } from "../record-table.tsx";
import { CopyButton } from "./copy-button.tsx";
import type { CodeRow } from "./discount-view.server.ts";

const COLUMNS: Column<CodeRow>[] = [
  {
    title: "Code",
    phone: "start",
    cell: ({ code }) => (
      <InlineStack gap="100" blockAlign="center" wrap={false}>
        <Text as="span" fontWeight="semibold">
          <CodeText>{code}</CodeText>
        </Text>
        <CopyButton text={code} label={`Copy code ${code}`} />
      </InlineStack>
    ),
  },
  {
    title: "Partner",
    phone: "end",
    cell: ({ partner }) => partner ?? "No partner",
  },
  {
    title: "Shopify",
    phoneLabel: "Shopify",
    cell: ({ shopify }) => <ShopifyState state={shopify} />,
  },
  {
    title: "impact.com",
    phoneLabel: "impact.com",
    cell: ({ impact }) => impact && <ImpactState state={impact} />,
  },
];

const PROBLEM: Column<CodeRow> = {
  title: "Problem",
  wide: true,
  cell: ({ problem }) =>
    problem && (
      <Text as="p" tone="critical">
        {problem}
      </Text>
    ),
};

export function CodeTable({ rows }: { rows: CodeRow[] }) {
  const hasProblem = rows.some(({ problem }) => problem !== null);
  const columns = hasProblem ? [...COLUMNS, PROBLEM] : COLUMNS;
  return <RecordTable label="Codes" columns={columns} rows={rows} />;
}

function ShopifyState({ state }: { state: CodeRow["shopify"] }) {
  if (state === "live") return <Badge tone="success">Live</Badge>;
  if (state === "failed") return <Badge tone="critical">Failed</Badge>;
  return <Badge tone="attention">Being made</Badge>;
}

function ImpactState({ state }: { state: NonNullable<CodeRow["impact"]> }) {
  if (state === "registered") return <Badge tone="success">Registered</Badge>;
  if (state === "failed") return <Badge tone="critical">Failed</Badge>;
  return <Badge tone="attention">Waiting</Badge>;
}
