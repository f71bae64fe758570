import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { Banner, BlockStack, Card, EmptyState, Page } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import emptyPicture from "#app/components/empty-orders.svg";
import { BackfillCard } from "#app/components/ledger/backfill-card.tsx";
import { DifferencesCard } from "#app/components/ledger/differences-card.tsx";
import { LedgerCard } from "#app/components/ledger/ledger-card.tsx";
import { ledgerView } from "#app/components/ledger/ledger-view.server.ts";
import { PeriodPicker } from "#app/components/ledger/period-picker.tsx";
import { periodIn } from "#app/components/ledger/read-period.ts";
import { ReasonTable } from "#app/components/ledger/reason-table.tsx";
import { ReconciliationCard } from "#app/components/ledger/reconciliation-card.tsx";
import { reconciliationsView } from "#app/components/ledger/reconciliations-view.server.ts";
import { TimeZoneNote } from "#app/components/time-zone-note.tsx";
import { usePolling } from "#app/components/use-polling.ts";
import { DIFFERENCE_KINDS } from "#app/core/ledger/reconciliation.ts";
import { services } from "#app/services.server.ts";

export { clientAction, shouldRevalidate } from "#app/components/keep-form.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, timeZone, seesAllOrders } = await authenticateShop(request);
  const choice = periodIn(new URL(request.url).searchParams) ?? { days: 30 };
  const [ledger, reconciliations] = await Promise.all([
    services.readLedger({ shop, timeZone, choice, seesAllOrders }),
    services.readReconciliations(shop),
  ]);
  return json({
    ledger: ledgerView(ledger, { timeZone }),
    ...reconciliationsView(reconciliations, { timeZone }),
    seesAllOrders,
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop, seesAllOrders } = await authenticateShop(request);
  const form = await request.formData();
  const intent = form.get("intent");
  if (intent === "dismiss") {
    const kind = DIFFERENCE_KINDS.find((one) => one === form.get("kind"));
    const impactOrderId = form.get("impactOrderId");
    if (!kind || typeof impactOrderId !== "string") throw new Response(null, { status: 400 });
    await services.dismissDifference({ shop, impactOrderId, kind });
    return json({ problem: null });
  }
  if (intent !== "actions" && intent !== "orders") throw new Response(null, { status: 400 });
  const started = await services.startReconciliation({ shop, kind: intent, seesAllOrders });
  return json({ problem: started.ok ? null : started.problem.message });
}

export default function LedgerPage() {
  const {
    ledger,
    runs,
    backfill,
    stillReading,
    actions,
    differences,
    differing,
    hasProgram,
    isRunning,
    seesAllOrders,
  } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem ?? null;
  usePolling(isRunning || ledger.fetching > 0);
  const { location, formMethod } = useNavigation();
  const isLoading = location?.pathname === "/app/ledger" && formMethod !== "POST";
  return (
    <Page title="Ledger" subtitle="Every order at Shopify, and where it went.">
      <BlockStack gap="400">
        {problem && (
          <Banner tone="critical">
            <p>{problem}</p>
          </Banner>
        )}
        <PeriodPicker {...ledger} isLoading={isLoading} />
        <BackfillCard run={backfill} stillReading={stillReading} />
        {ledger.isEmpty && !isLoading ? (
          <NoOrders unasked={ledger.unasked} />
        ) : (
          <LedgerCard ledger={ledger} isLoading={isLoading} />
        )}
        {ledger.reasons.length > 0 && <ReasonTable rows={ledger.reasons} />}
        <DifferencesCard
          rows={differences}
          differing={differing}
          run={actions}
          hasProgram={hasProgram}
        />
        <ReconciliationCard runs={runs} seesAllOrders={seesAllOrders} />
      </BlockStack>
      <TimeZoneNote timeZone={ledger.timeZone} />
    </Page>
  );
}

function NoOrders({ unasked }: { unasked: string | null }) {
  return (
    <Card padding="0">
      <EmptyState heading="No orders in these days" image={emptyPicture}>
        <p>{unasked ?? "Shopify has none either. Choose other days above."}</p>
      </EmptyState>
    </Card>
  );
}
