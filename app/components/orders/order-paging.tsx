import { Box, Button, InlineStack } from "@shopify/polaris";
import { ordersUrl, type OrderQuery } from "./order-query.ts";

interface Props {
  query: OrderQuery;
  cursor: string | null;
  nextCursor: string | null;
}

/** The ledger is read onwards by cursor: there is a next page, and the way back to the first. */
export function OrderPaging({ query, cursor, nextCursor }: Props) {
  if (!cursor && !nextCursor) return null;
  return (
    <Box padding="300" borderBlockStartWidth="025" borderColor="border-secondary">
      <InlineStack align="center" gap="200">
        <Button url={ordersUrl(query)} disabled={!cursor}>
          Newest orders
        </Button>
        <Button url={ordersUrl(query, nextCursor)} disabled={!nextCursor}>
          Older orders
        </Button>
      </InlineStack>
    </Box>
  );
}
