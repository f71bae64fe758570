import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Banner, BlockStack, Box, Card, Divider, EmptyState, Page, Text } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import emptyPicture from "#app/components/empty-orders.svg";
import { LostDeliveries } from "#app/components/orders/lost-deliveries.tsx";
import { orderFilter } from "#app/components/orders/order-filter.server.ts";
import { OrderFilterNote } from "#app/components/orders/order-filter-note.tsx";
import { orderListView } from "#app/components/orders/order-list-view.server.ts";
import { OrderPaging } from "#app/components/orders/order-paging.tsx";
import { exportUrl, orderQueryIn } from "#app/components/orders/order-query.ts";
import { ORDER_STATES } from "#app/components/orders/order-states.ts";
import { OrderTable } from "#app/components/orders/order-table.tsx";
import { StateTabs } from "#app/components/orders/state-tabs.tsx";
import { daySpan } from "#app/components/day-span.server.ts";
import { TimeZoneNote } from "#app/components/time-zone-note.tsx";
import { useDownload } from "#app/components/use-download.ts";
import { services } from "#app/services.server.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const address = new URL(request.url).searchParams;
  const query = orderQueryIn(address);
  const filter = orderFilter(query, timeZone);
  const cursor = address.get("cursor");
  const list = await services.listOrders({ shop, ...filter, ...(cursor && { cursor }) });
  return json({
    ...orderListView(list, { timeZone }),
    query,
    span: filter.placed ? daySpan(filter.placed, timeZone) : null,
    cursor,
  });
}

export default function Orders() {
  const { rows, counts, lostDeliveries, nextCursor, query, span, cursor, timeZone } =
    useLoaderData<typeof loader>();
  const isFiltered = query.reason !== null || span !== null || query.isDeleted !== null;
  const isLedgerEmpty = !isFiltered && ORDER_STATES.every((look) => counts[look.state] === 0);
  const download = useDownload();
  const toExport = {
    content: "Export",
    loading: download.loading !== null,
    onAction: () => download.start(exportUrl(query)),
  };
  return (
    <Page
      title="Orders"
      subtitle="Every order of the shop, who earned it, and why."
      secondaryActions={rows.length > 0 ? [toExport] : []}
    >
      <BlockStack gap="400">
        {download.problem && (
          <Banner tone="critical">
            <p>{download.problem}</p>
          </Banner>
        )}
        <LostDeliveries deliveries={lostDeliveries} />
        <Card padding="0">
          {isLedgerEmpty ? (
            <NoOrdersYet />
          ) : (
            <>
              <OrderFilterNote query={query} span={span} />
              <StateTabs counts={counts} query={query} />
              {rows.length > 0 ? <OrderTable label="Orders" rows={rows} /> : <NoneInState />}
              <OrderPaging query={query} cursor={cursor} nextCursor={nextCursor} />
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
