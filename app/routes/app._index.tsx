import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import {
  BlockStack,
  Box,
  Button,
  Card,
  EmptyState,
  InlineStack,
  Page,
  Text,
} from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { ClickCaptureCard } from "#app/components/click-capture/click-capture-card.tsx";
import emptyPicture from "#app/components/empty-orders.svg";
import { homeView, type HomeView } from "#app/components/home/home-view.server.ts";
import { LedgerCard } from "#app/components/home/ledger-card.tsx";
import { MissingPowers } from "#app/components/home/missing-powers.tsx";
import { Metrics } from "#app/components/home/metrics.tsx";
import { SetupGuide } from "#app/components/home/setup-guide.tsx";
import { Warnings } from "#app/components/home/warnings.tsx";
import { BackfillCard } from "#app/components/ledger/backfill-card.tsx";
import { ledgerView } from "#app/components/ledger/ledger-view.server.ts";
import { runView } from "#app/components/ledger/run-view.server.ts";
import { OrderTable } from "#app/components/orders/order-table.tsx";
import { TimeZoneNote } from "#app/components/time-zone-note.tsx";
import { usePolling } from "#app/components/use-polling.ts";
import { services } from "#app/services.server.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, timeZone, missingPowers } = await authenticateShop(request);
  const [home, ledger, backfill] = await Promise.all([
    services.readHome(shop),
    services.readLedger({ shop, timeZone, choice: { days: 30 } }),
    services.readBackfill(shop),
  ]);
  return json({
    ...homeView(home, { timeZone }),
    missingPowers,
    ledger: ledgerView(ledger, { timeZone }),
    backfill: backfill.run && runView(backfill.run, { timeZone }),
    stillReading: backfill.stillReading,
  });
}

const NEW_DISCOUNT = { content: "New discount", url: "/app/discounts/new" };

export default function HomePage() {
  const home = useLoaderData<typeof loader>();
  const { ledger, backfill, stillReading } = home;
  usePolling(backfill?.state === "running" || stillReading > 0);
  return (
    <Page title="Partner Codes" {...(home.isProgramChosen && { primaryAction: NEW_DISCOUNT })}>
      <BlockStack gap="400">
        {home.missingPowers.length > 0 && <MissingPowers powers={home.missingPowers} />}
        <Warnings {...home} />
        <SetupGuide steps={home.steps} />
        <Metrics {...home} />
        {home.isProgramChosen && <ClickCaptureCard />}
        <BackfillCard run={backfill} stillReading={stillReading} />
        {!ledger.isEmpty && <LedgerCard ledger={ledger} />}
        <LastOrders rows={home.lastOrders} />
      </BlockStack>
      <TimeZoneNote timeZone={home.timeZone} />
    </Page>
  );
}

function LastOrders({ rows }: { rows: HomeView["lastOrders"] }) {
  if (rows.length === 0) {
    return (
      <Card padding="0">
        <EmptyState heading="Orders will show up here" image={emptyPicture}>
          <p>
            As soon as a customer orders, you see which partner earned it, with which code, and why.
          </p>
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card padding="0">
      <Box padding="400">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Last orders
          </Text>
          <Button variant="plain" url="/app/orders">
            All orders
          </Button>
        </InlineStack>
      </Box>
      <OrderTable label="Last orders" rows={rows} />
    </Card>
  );
}
