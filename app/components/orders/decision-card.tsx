import { Badge, BlockStack, Box, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { CodeText } from "../code-text.tsx";
import { assignUrl } from "../codes/unassigned-table.tsx";
import { None } from "../none.tsx";
import { RecordTable, type Column } from "../record-table.tsx";
import type { DecisionView } from "./order-view.server.ts";

type Candidate = DecisionView["candidates"][number];

const COLUMNS: Column<Candidate>[] = [
  {
    title: "Code typed",
    phone: "start",
    cell: ({ code }) => (
      <Text as="span" fontWeight="semibold">
        <CodeText>{code}</CodeText>
      </Text>
    ),
  },
  {
    title: "Partner",
    phoneLabel: "Partner",
    cell: ({ partner }) => partner ?? <None />,
  },
  {
    title: "Verdict",
    wide: true,
    cell: ({ code, earns, verdict, isNobodys }) =>
      earns ? (
        <Badge tone="success">{verdict}</Badge>
      ) : (
        <InlineStack gap="200">
          <span>{verdict}</span>
          {isNobodys && <Link url={assignUrl(code)}>Assign it</Link>}
        </InlineStack>
      ),
  },
];

/** Who earned the order and why, with every code that was looked at. */
export function DecisionCard({ decision }: { decision: DecisionView | null }) {
  const because = decision
    ? decision.because
    : "This order was kept out before its codes were looked at.";
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            Who earned it
          </Text>
          <p>{because}</p>
        </BlockStack>
      </Box>
      {decision && decision.candidates.length > 0 && (
        <RecordTable label="Codes on this order" columns={COLUMNS} rows={decision.candidates} />
      )}
    </Card>
  );
}
