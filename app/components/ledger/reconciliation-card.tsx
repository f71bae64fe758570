import { Form, Link, useNavigation } from "@remix-run/react";
import { Badge, BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { RecordTable, type Column } from "../record-table.tsx";
import { RunProgress } from "./run-progress.tsx";
import type { RunView } from "./run-view.server.ts";

const COLUMNS: Column<RunView>[] = [
  {
    title: "Compared",
    phone: "start",
    cell: ({ what, when }) => (
      <>
        <Text as="p">{what}</Text>
        <Text as="p" tone="subdued" variant="bodySm">
          {when}
        </Text>
      </>
    ),
  },
  { title: "Result", wide: true, cell: ({ result, problem }) => problem ?? result },
  { title: "State", phone: "end", cell: ({ state }) => <RunBadge state={state} /> },
];

interface Props {
  runs: RunView[];
  seesAllOrders: boolean;
}

/** The runs that compare Shopify's orders with ours, and the button for one more. */
export function ReconciliationCard({ runs, seesAllOrders }: Props) {
  const running = runs.find(({ state, kind }) => state === "running" && kind !== "actions");
  const isSending = useNavigation().formData?.get("intent") === "orders";
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="200">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingMd">
              Checks
            </Text>
            <Form method="post">
              <input type="hidden" name="intent" value="orders" />
              <Button submit loading={isSending} disabled={running !== undefined}>
                Check now
              </Button>
            </Form>
          </InlineStack>
          <Text as="p" tone="subdued">
            Each hour Shopify’s orders are compared with these, and what no notice brought is taken
            in. Once a day all of the last {seesAllOrders ? 90 : 60} days are.
          </Text>
          {!seesAllOrders && (
            <Text as="p" tone="subdued">
              Orders placed more than 60 days ago are not among them: Shopify shows those only where
              you allow it under <Link to="/app/settings">Settings</Link>. Until then a refund of
              such an order is missed if its notice is lost.
            </Text>
          )}
          {running && <RunProgress run={running} text="Comparing with Shopify." />}
        </BlockStack>
      </Box>
      {runs.length > 0 && <RecordTable label="Last checks" columns={COLUMNS} rows={runs} />}
    </Card>
  );
}

function RunBadge({ state }: Pick<RunView, "state">) {
  if (state === "running") return <Badge tone="attention">Running</Badge>;
  if (state === "failed") return <Badge tone="critical">Stopped</Badge>;
  return <Badge tone="success">Finished</Badge>;
}
