import { Form, Link, useNavigation } from "@remix-run/react";
import { Badge, Banner, BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { RecordTable, type Column } from "../record-table.tsx";
import { RowLink } from "../row-link.tsx";
import type { DifferenceRow } from "./difference-row.server.ts";
import { RunProgress } from "./run-progress.tsx";
import type { RunView } from "./run-view.server.ts";

interface Props {
  rows: DifferenceRow[];
  differing: number;
  run: RunView | null;
  hasProgram: boolean;
}

const COLUMNS: Column<DifferenceRow>[] = [
  {
    title: "Order at impact.com",
    phone: "start",
    cell: ({ impactOrderId, url, foundAt }) => (
      <>
        {url ? <RowLink url={url}>{impactOrderId}</RowLink> : <Text as="p">{impactOrderId}</Text>}
        <Text as="p" tone="subdued" variant="bodySm">
          Found {foundAt}
        </Text>
      </>
    ),
  },
  {
    title: "Difference",
    phone: "end",
    cell: ({ label }) => <Badge tone="attention">{label}</Badge>,
  },
  {
    title: "What to do",
    wide: true,
    cell: (row) => (
      <>
        <Text as="p">{row.sentence}</Text>
        <Text as="p" tone="subdued">
          {row.nextStep}
        </Text>
        {row.isPast && <Past {...row} />}
      </>
    ),
  },
];

/** Runs look at the program's last 90 days: whether such a one is settled only the merchant knows. */
function Past({ impactOrderId, kind }: DifferenceRow) {
  const sending = useNavigation().formData;
  const isSending = sending?.get("impactOrderId") === impactOrderId && sending.get("kind") === kind;
  return (
    <Form method="post">
      <input type="hidden" name="intent" value="dismiss" />
      <input type="hidden" name="impactOrderId" value={impactOrderId} />
      <input type="hidden" name="kind" value={kind} />
      <InlineStack gap="200" blockAlign="center">
        <Text as="p" tone="subdued">
          It is no longer compared: older than 90 days, or in another program.
        </Text>
        <Button submit variant="plain" loading={isSending}>
          Dismiss
        </Button>
      </InlineStack>
    </Form>
  );
}

/** Where impact.com's actions tell another story than this ledger. */
export function DifferencesCard({ rows, differing, run, hasProgram }: Props) {
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="200">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingMd">
              Differences at impact.com
            </Text>
            {hasProgram && <CompareButton isRunning={run?.state === "running"} />}
          </InlineStack>
          <State {...{ rows, differing, run, hasProgram }} />
          {hasProgram && run?.otherCurrency && (
            <Text as="p" tone="subdued">
              {run.otherCurrency}
            </Text>
          )}
        </BlockStack>
      </Box>
      {rows.length > 0 && <RecordTable label="Differences" columns={COLUMNS} rows={rows} />}
    </Card>
  );
}

function CompareButton({ isRunning }: { isRunning: boolean }) {
  const isSending = useNavigation().formData?.get("intent") === "actions";
  return (
    <Form method="post">
      <input type="hidden" name="intent" value="actions" />
      <Button submit loading={isSending} disabled={isRunning}>
        Compare now
      </Button>
    </Form>
  );
}

function State({ rows, differing, run, hasProgram }: Props) {
  if (!hasProgram) {
    return (
      <p>
        <Link to="/app/impact">Connect impact.com</Link> and its actions are compared with what was
        reported, each day.
      </p>
    );
  }
  if (!run)
    return <p>Each day the actions of the last 90 days are compared. The first time is soon.</p>;
  if (run.state === "running") return <RunProgress run={run} text="Comparing with impact.com." />;
  if (run.state === "failed") {
    return (
      <Banner tone="critical">
        <p>{run.problem}</p>
      </Banner>
    );
  }
  if (differing === 0) return <p>{`None. ${run.result}, ${run.when}.`}</p>;
  const more = differing > rows.length ? ` The newest ${rows.length} are shown.` : "";
  return (
    <p>{`${differing === 1 ? "1 difference" : `${differing} differences`}. Last compared ${run.when}.${more}`}</p>
  );
}
