import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Card, EmptyState, Page } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { UnassignedTable } from "#app/components/codes/unassigned-table.tsx";
import { unassignedRow } from "#app/components/codes/unassigned-view.server.ts";
import emptyPicture from "#app/components/empty-partners.svg";
import { TimeZoneNote } from "#app/components/time-zone-note.tsx";
import { services } from "#app/services.server.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const codes = await services.listUnassignedCodes(shop);
  return json({ timeZone, rows: codes.map((code) => unassignedRow(code, { timeZone })) });
}

export default function UnassignedCodes() {
  const { rows, timeZone } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Codes without a partner"
      subtitle="Typed on orders that impact.com would still take, and nobody's."
      backAction={{ content: "Discounts", url: "/app/discounts" }}
    >
      <Card padding="0">
        {rows.length > 0 ? (
          <UnassignedTable rows={rows} />
        ) : (
          <EmptyState
            heading="Every code has its partner"
            image={emptyPicture}
            action={{ content: "See discounts", url: "/app/discounts" }}
          >
            <p>
              When customers type a code that belongs to no partner, it shows up here. Assign it,
              and its past orders are reported too.
            </p>
          </EmptyState>
        )}
      </Card>
      {rows.length > 0 && <TimeZoneNote timeZone={timeZone} />}
    </Page>
  );
}
