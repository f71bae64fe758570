import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { OlderOrdersCard } from "#app/components/settings/older-orders-card.tsx";
import { PrivacyCard } from "#app/components/settings/privacy-card.tsx";
import { privacyRow } from "#app/components/settings/privacy-view.server.ts";
import { ReportForm } from "#app/components/settings/report-form.tsx";
import { reportSettingsView } from "#app/components/settings/report-settings-view.server.ts";
import { TimeZoneNote } from "#app/components/time-zone-note.tsx";
import { useSuccessToast } from "#app/components/use-success-toast.ts";
import { services } from "#app/services.server.ts";

export { clientAction, shouldRevalidate } from "#app/components/keep-form.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, currency, timeZone } = await authenticateShop(request);
  const [settings, records] = await Promise.all([
    services.readReportSettings(shop),
    services.listCompliance(shop),
  ]);
  return json({
    reporting: reportSettingsView(settings, currency),
    privacy: records.map((record) => privacyRow(record, { timeZone })),
    timeZone,
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const form = await request.formData();
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  const chosen = { reportWhen: text("reportWhen"), amountBasis: text("amountBasis") };
  const saved = await services.saveReportSettings({ shop, ...chosen });
  return saved.ok
    ? json({ done: "Settings saved" })
    : json({ problems: saved.problems }, { status: 422 });
}

export default function SettingsPage() {
  const { reporting, privacy, timeZone } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  useSuccessToast(answer);
  const problems = answer && "problems" in answer ? answer.problems : [];
  return (
    <Page title="Settings" subtitle="What impact.com is told, and what is kept.">
      <BlockStack gap="400">
        <ReportForm key={JSON.stringify(reporting.chosen)} view={reporting} problems={problems} />
        <OlderOrdersCard />
        <PrivacyCard rows={privacy} />
      </BlockStack>
      <TimeZoneNote timeZone={timeZone} />
    </Page>
  );
}
