import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Card, EmptyState, Page } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { BatchTable } from "#app/components/batches/batch-table.tsx";
import { batchRow } from "#app/components/batches/batch-view.server.ts";
import emptyPicture from "#app/components/empty-partners.svg";
import { TimeZoneNote } from "#app/components/time-zone-note.tsx";
import { usePolling } from "#app/components/use-polling.ts";
import { services } from "#app/services.server.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const batches = await services.listBatches(shop);
  return json({ timeZone, rows: batches.map((batch) => batchRow(batch, timeZone)) });
}

export default function Batches() {
  const { rows, timeZone } = useLoaderData<typeof loader>();
  usePolling(rows.some(({ state }) => state === "running" || state === "cancelling"));
  return (
    <Page title="Batches" backAction={{ content: "Discounts", url: "/app/discounts" }}>
      <Card padding={rows.length > 0 ? "0" : "400"}>
        {rows.length > 0 ? (
          <BatchTable rows={rows} />
        ) : (
          <EmptyState
            heading="Codes are made in batches"
            image={emptyPicture}
            action={{ content: "Discounts", url: "/app/discounts" }}
          >
            <p>Open a discount and add codes: how far they have come then stands here.</p>
          </EmptyState>
        )}
      </Card>
      {rows.length > 0 && <TimeZoneNote timeZone={timeZone} />}
    </Page>
  );
}
