import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Box, Card, Divider, EmptyState, Page, Text } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import emptyPicture from "#app/components/empty-orders.svg";
import { FailedDeliveries } from "#app/components/orders/failed-deliveries.tsx";
import { orderListView } from "#app/components/orders/order-list-view.server.ts";
import { OrderPaging } from "#app/components/orders/order-paging.tsx";
import { ORDER_STATES } from "#app/components/orders/order-states.ts";
import { OrderTable } from "#app/components/orders/order-table.tsx";
import { StateTabs } from "#app/components/orders/state-tabs.tsx";
import { TimeZoneNote } from "#app/components/time-zone-note.tsx";
import { services } from "#app/services.server.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const query = new URL(request.url).searchParams;
  const state = ORDER_STATES.find((look) => look.state === query.get("state"))?.state;
  const cursor = query.get("cursor");
  const list = await services.listOrders({
    shop,
    ...(state && { state }),
    ...(cursor && { cursor }),
  });
  return json({ ...orderListView(list, { timeZone }), state: state ?? null, cursor });
}

export default function Orders() {
  const { rows, counts, failedDeliveries, nextCursor, state, cursor, timeZone } =
    useLoaderData<typeof loader>();
  const isLedgerEmpty = ORDER_STATES.every((look) => counts[look.state] === 0);
  return (
    <Page title="Orders" subtitle="Every order of the shop, who earned it, and why.">
      <BlockStack gap="400">
        <FailedDeliveries deliveries={failedDeliveries} />
        <Card padding="0">
          {isLedgerEmpty ? (
            <NoOrdersYet />
          ) : (
            <>
              <StateTabs counts={counts} chosen={state} />
              {rows.length > 0 ? <OrderTable label="Orders" rows={rows} /> : <NoneInState />}
              <OrderPaging state={state} cursor={cursor} nextCursor={nextCursor} />
            </>
          )}
        </Card>
      </BlockStack>
      <TimeZoneNote timeZone={timeZone} />
    </Page>
  );
}

function NoOrdersYet() {
  return (
    <EmptyState
      heading="No orders yet"
      image={emptyPicture}
      action={{ content: "See discounts", url: "/app/discounts" }}
    >
      <p>
        Each order shows up here seconds after it is placed, with the partner who earned it and the
        reason, whether a code was typed or not.
      </p>
    </EmptyState>
  );
}

function NoneInState() {
  return (
    <>
      <Divider />
      <Box padding="800">
        <Text as="p" tone="subdued" alignment="center">
          No orders in this state.
        </Text>
      </Box>
    </>
  );
}
