import { BlockStack, Box, Card, Text } from "@shopify/polaris";
import { UnassignedTable } from "./unassigned-table.tsx";
import type { UnassignedRow } from "./unassigned-view.server.ts";

/** What wants to be assigned before it is too late; nothing where every code has its partner. */
export function UnassignedCard({ rows }: { rows: UnassignedRow[] }) {
  if (rows.length === 0) return null;
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            Typed on orders, and nobody’s
          </Text>
          <Text as="p" tone="subdued">
            impact.com would still take these orders. Assign a code, and its past orders are
            reported too.
          </Text>
        </BlockStack>
      </Box>
      <UnassignedTable rows={rows} />
    </Card>
  );
}
