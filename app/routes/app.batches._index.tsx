import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Card, EmptyState, Page } from "@shopify/polaris";
import { z } from "zod";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { BatchPaging } from "#app/components/batches/batch-paging.tsx";
import { BatchTable } from "#app/components/batches/batch-table.tsx";
import { batchRow } from "#app/components/batches/batch-view.server.ts";
import emptyPicture from "#app/components/empty-partners.svg";
import { TimeZoneNote } from "#app/components/time-zone-note.tsx";
import { usePolling } from "#app/components/use-polling.ts";
import { services } from "#app/services.server.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const asked = z.uuid().safeParse(new URL(request.url).searchParams.get("after"));
  const after = asked.data ?? null;
  const { batches, next } = await services.listBatches({ shop, after });
  return json({ timeZone, after, next, rows: batches.map((batch) => batchRow(batch, timeZone)) });
}

export default function Batches() {
  const { rows, timeZone, after, next } = useLoaderData<typeof loader>();
  usePolling(rows.some(({ state }) => state === "running" || state === "cancelling"));
  return (
    <Page title="Batches" backAction={{ content: "Discounts", url: "/app/discounts" }}>
      <Card padding={rows.length > 0 ? "0" : "400"}>
        {rows.length > 0 ? (
          <>
            <BatchTable rows={rows} />
            <BatchPaging after={after} next={next} />
          </>
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
