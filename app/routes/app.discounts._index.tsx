import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Card, EmptyState, Page } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { discountRow } from "#app/components/discounts/discount-row.server.ts";
import { DiscountTable } from "#app/components/discounts/discount-table.tsx";
import emptyPicture from "#app/components/empty-partners.svg";
import { TimeZoneNote } from "#app/components/time-zone-note.tsx";
import { services } from "#app/services.server.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const discounts = await services.listDiscounts(shop);
  const at = { timeZone, now: new Date() };
  return json({ timeZone, rows: discounts.map((discount) => discountRow(discount, at)) });
}

export default function Discounts() {
  const { rows, timeZone } = useLoaderData<typeof loader>();
  const create = { content: "New discount", url: "/app/discounts/new" };
  return (
    <Page
      title="Discounts"
      primaryAction={create}
      secondaryActions={[
        { content: "Batches", url: "/app/batches" },
        { content: "Adopt codes", url: "/app/adopt" },
        { content: "Codes", url: "/app/codes" },
      ]}
    >
      <Card padding={rows.length > 0 ? "0" : "400"}>
        {rows.length > 0 ? (
          <DiscountTable rows={rows} />
        ) : (
          <EmptyState
            heading="Give each partner a code of their own"
            image={emptyPicture}
            action={create}
            secondaryAction={{ content: "Adopt codes from Shopify", url: "/app/adopt" }}
          >
            <p>
              One discount holds a code for each partner. Whoever types a code at checkout earns its
              partner the order.
            </p>
          </EmptyState>
        )}
      </Card>
      {rows.length > 0 && <TimeZoneNote timeZone={timeZone} />}
    </Page>
  );
}
