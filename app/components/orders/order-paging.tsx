import { Box, Button, InlineStack } from "@shopify/polaris";
import type { OrderState } from "#app/core/orders/order-state.ts";

interface Props {
  state: OrderState | null;
  cursor: string | null;
  nextCursor: string | null;
}

/** The ledger is read onwards by cursor: there is a next page, and the way back to the first. */
export function OrderPaging({ state, cursor, nextCursor }: Props) {
  if (!cursor && !nextCursor) return null;
  return (
    <Box padding="300" borderBlockStartWidth="025" borderColor="border-secondary">
      <InlineStack align="center" gap="200">
        <Button url={pageUrl(state, null)} disabled={!cursor}>
          Newest orders
        </Button>
        <Button url={pageUrl(state, nextCursor)} disabled={!nextCursor}>
          Older orders
        </Button>
      </InlineStack>
    </Box>
  );
}

function pageUrl(state: OrderState | null, cursor: string | null): string {
  const query = new URLSearchParams({ ...(state && { state }), ...(cursor && { cursor }) });
  return query.size > 0 ? `/app/orders?${query}` : "/app/orders";
}
