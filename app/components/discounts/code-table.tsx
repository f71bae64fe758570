import { Button, InlineStack, Text } from "@shopify/polaris";
import { CodeText } from "../code-text.tsx";
import { ImpactStateBadge, ShopifyStateBadge } from "../codes/code-state-badges.tsx";
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
    cell: ({ shopify }) => <ShopifyStateBadge state={shopify} />,
  },
  {
    title: "impact.com",
    phoneLabel: "impact.com",
    cell: ({ impact }) => impact && <ImpactStateBadge state={impact} />,
  },
  {
    title: "Change",
    cell: ({ id, code, shopify }) =>
      shopify === "live" && (
        <Button
          size="slim"
          url={`/app/codes/change?id=${id}`}
          accessibilityLabel={`Retire, rotate or reassign ${code}`}
        >
          Change
        </Button>
      ),
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
