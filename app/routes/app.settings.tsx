import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { readOpened } from "#app/components/read-opened.ts";
import { OlderOrdersCard } from "#app/components/settings/older-orders-card.tsx";
import { PrivacyCard } from "#app/components/settings/privacy-card.tsx";
import { privacyRow } from "#app/components/settings/privacy-view.server.ts";
import { ReportForm } from "#app/components/settings/report-form.tsx";
import {
  changedSettingsSentence,
  reportSettingsView,
} from "#app/components/settings/report-settings-view.server.ts";
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
  const { shop, currency } = await authenticateShop(request);
  const form = await request.formData();
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  const sent = { reportWhen: text("reportWhen"), amountBasis: text("amountBasis") };
  const opened = readOpened(form);
  const saved = await services.saveReportSettings({ shop, opened, ...sent });
  if (saved.ok) return json({ done: "Settings saved" });
  const { problems, changed } = saved;
  const message = changed && changedSettingsSentence(changed, currency);
  return json({ sent, problems, message, opened: changed?.now ?? opened }, { status: 422 });
}

export default function SettingsPage() {
  const { reporting, privacy, timeZone } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  useSuccessToast(answer);
  const refusal = answer && "sent" in answer ? answer : null;
  const key = JSON.stringify(refusal?.sent ?? reporting.chosen);
  return (
    <Page title="Settings" subtitle="What impact.com is told, and what is kept.">
      <BlockStack gap="400">
        <ReportForm key={key} view={reporting} refusal={refusal} />
        <OlderOrdersCard />
        <PrivacyCard rows={privacy} />
      </BlockStack>
      <TimeZoneNote timeZone={timeZone} />
    </Page>
  );
}
