import { Form, useNavigation } from "@remix-run/react";
import { SaveBar, useAppBridge } from "@shopify/app-bridge-react";
import { BlockStack, Card, ChoiceList, PageActions, Text } from "@shopify/polaris";
import { useRef, useState } from "react";
import type { SettingProblem, SettingsForm } from "#app/core/shops/save-report-settings.ts";
import { RefusedBanner } from "../refused-banner.tsx";
import type { ReportSettingsView } from "./report-settings-view.server.ts";

export interface RefusedSettings {
  /** As they were sent, to go on with. */
  sent: SettingsForm;
  problems: SettingProblem[];
  /** What was changed since, where something was; the form stands on that from now on. */
  message: string | null;
  opened: object;
}

interface Props {
  view: ReportSettingsView;
  refusal: RefusedSettings | null;
}

/** When orders are reported and with what amount. */
export function ReportForm({ view, refusal }: Props) {
  const [settings, setSettings] = useState<SettingsForm>(refusal?.sent ?? view.chosen);
  const isDirty = JSON.stringify(settings) !== JSON.stringify(view.chosen);
  const list = <Field extends keyof SettingsForm>(field: Field) => ({
    name: field,
    choices: view[field],
    selected: [settings[field]],
    onChange: ([value]: string[]) => setSettings({ ...settings, [field]: value }),
    error: refusal?.problems.find((problem) => problem.field === field)?.message ?? "",
  });
  return (
    <Form method="post">
      <input type="hidden" name="opened" value={JSON.stringify(refusal?.opened ?? view.chosen)} />
      <BlockStack gap="400">
        {refusal?.message && <RefusedBanner refusal={refusal}>{refusal.message}</RefusedBanner>}
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              Reporting
            </Text>
            <ChoiceList title="When is an order reported?" {...list("reportWhen")} />
            <ChoiceList title="Which amount does impact.com get?" {...list("amountBasis")} />
            <Text as="p" tone="subdued">
              {view.example}
            </Text>
            <Text as="p" tone="subdued">
              A change holds for orders that are not reported yet. Orders that impact.com has, or
              that are about to be sent, keep the amount they were made with.
            </Text>
          </BlockStack>
        </Card>
      </BlockStack>
      <SaveActions isDirty={isDirty} discard={() => setSettings(view.chosen)} />
    </Form>
  );
}

/** Shopify's save bar while there is something to save, and the same at the foot of the form. */
function SaveActions({ isDirty, discard }: { isDirty: boolean; discard: () => void }) {
  const shopify = useAppBridge();
  const isSaving = useNavigation().formMethod === "POST";
  const inForm = useRef<HTMLSpanElement>(null);
  const save = () => inForm.current?.closest("form")?.requestSubmit();
  const cancel = () => {
    void shopify.saveBar.hide(SAVE_BAR_ID);
    discard();
  };
  return (
    <span ref={inForm}>
      <SaveBar id={SAVE_BAR_ID} open={isDirty}>
        <button variant="primary" type="button" onClick={save} disabled={isSaving} />
        <button type="button" onClick={cancel} disabled={isSaving} />
      </SaveBar>
      <PageActions
        primaryAction={{ content: "Save", onAction: save, loading: isSaving, disabled: !isDirty }}
      />
    </span>
  );
}

const SAVE_BAR_ID = "report-settings-save-bar";
