import { Badge, BlockStack, Box, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { CodeText } from "../code-text.tsx";
import { assignUrl } from "../codes/unassigned-table.tsx";
import { None } from "../none.tsx";
import { RecordTable, type Column } from "../record-table.tsx";
import type { DecisionView } from "./decision-view.server.ts";

type Candidate = DecisionView["candidates"][number];
type Other = DecisionView["others"][number];

const COLUMNS: Column<Candidate>[] = [
  {
    title: "Code or click",
    phone: "start",
    cell: ({ code, click }) => (
      <BlockStack>
        <Text as="span" fontWeight="semibold">
          <CodeText>{code}</CodeText>
        </Text>
        {click && (
          <Text as="span" tone="subdued">
            {click}
          </Text>
        )}
      </BlockStack>
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

const OTHER_COLUMNS: Column<Other>[] = [
  { title: "Rule", wide: true, cell: ({ rule }) => rule },
  {
    title: "Who would have earned it",
    phoneLabel: "Who would have earned it",
    cell: ({ outcome, isSame }) => (isSame ? "The same" : outcome),
  },
];

/** Who earned the order and why, with all that was looked at, the rule, and what others would have done. */
export function DecisionCard({ decision }: { decision: DecisionView | null }) {
  const because = decision
    ? decision.because
    : "This order was kept out before its codes were looked at.";
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            {decision?.isOpen ? "Who earns it, as far as is known yet" : "Who earned it"}
          </Text>
          <p>{because}</p>
          {decision?.rules.map((rule) => (
            <Text key={rule} as="p" tone="subdued">
              {rule}
            </Text>
          ))}
        </BlockStack>
      </Box>
      {decision && decision.candidates.length > 0 && (
        <RecordTable label="Codes on this order" columns={COLUMNS} rows={decision.candidates} />
      )}
      {decision && decision.others.length > 0 && (
        <>
          <Box padding="400">
            <Text as="h3" variant="headingSm">
              What other rules would have done
            </Text>
          </Box>
          <RecordTable label="Under other rules" columns={OTHER_COLUMNS} rows={decision.others} />
        </>
      )}
    </Card>
  );
}
