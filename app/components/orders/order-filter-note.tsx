import { Box, Button, InlineStack, Text } from "@shopify/polaris";
import { reasonLabel } from "../ledger/reason-label.ts";
import type { OrderQuery } from "./order-query.ts";

/** Which orders are shown where it isn't all of them, and the way back to all. */
export function OrderFilterNote({ query, span }: { query: OrderQuery; span: string | null }) {
  const { reason, isDeleted } = query;
  const parts = [
    ...(span ? [`Placed ${span}`] : []),
    ...(reason ? [reasonLabel(reason)] : []),
    ...(isDeleted ? ["Deleted in Shopify"] : []),
  ];
  if (parts.length === 0) return null;
  return (
    <Box padding="300" borderBlockEndWidth="025" borderColor="border-secondary">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Text as="p">{parts.join(" · ")}</Text>
        <Button variant="plain" url="/app/orders">
          Show all orders
        </Button>
      </InlineStack>
    </Box>
  );
}
