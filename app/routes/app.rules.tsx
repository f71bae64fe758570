import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { HistoryCard } from "#app/components/rules/history-card.tsx";
import { NotAlwaysCard } from "#app/components/rules/not-always-card.tsx";
import { OverrideForm } from "#app/components/rules/override-form.tsx";
import { OverridesCard } from "#app/components/rules/overrides-card.tsx";
import {
  readMeetingForm,
  readRuleForm,
  readSubject,
} from "#app/components/rules/read-rule-form.server.ts";
import { RuleForm } from "#app/components/rules/rule-form.tsx";
import { ruleView } from "#app/components/rules/rule-view.server.ts";
import { SilencedCard } from "#app/components/rules/silenced-card.tsx";
import { UntoldClicksBanner } from "#app/components/rules/untold-clicks-banner.tsx";
import { TimeZoneNote } from "#app/components/time-zone-note.tsx";
import { useSuccessToast } from "#app/components/use-success-toast.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import { services } from "#app/services.server.ts";

export { clientAction, shouldRevalidate } from "#app/components/keep-form.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const page = new URL(request.url).searchParams.get("history");
  const view = ruleView(await services.readRules(shop), { timeZone, page });
  return json({ ...view, timeZone });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const form = await request.formData();
  if (form.get("intent") !== "rule") return changeOverride(shop, form);
  const chosen = readRuleForm(form);
  const saved = await services.saveRule({ shop, ...chosen });
  if (!saved.ok) return json({ of: "rule", problems: saved.problems }, { status: 422 });
  const problems = await services.checkClicks({ shop, ...chosen });
  const done = saved.isNew ? "The rule is in force from now on" : "Nothing has changed";
  return json({ done, of: "rule", problems });
}

async function changeOverride(shop: ShopDomain, form: FormData) {
  const subject = readSubject(form);
  if (!subject) {
    const problem = { field: "subject" as const, message: "Choose what the rule is for." };
    return json({ of: "override", problems: [problem] }, { status: 422 });
  }
  if (form.get("intent") === "take-back") {
    await services.takeBackOverride({ shop, ...subject });
    return json({ done: "Your shop's rule holds again from now on" });
  }
  const chosen = readMeetingForm(form);
  const saved = await services.saveOverride({ shop, ...subject, ...chosen });
  if (!saved.ok) return json({ of: "override", problems: saved.problems }, { status: 422 });
  const problems = await services.checkClicks({ shop, ...chosen });
  return json({ done: "The rule is in force from now on", of: "override", problems });
}

export default function RulesPage() {
  const view = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  useSuccessToast(answer);
  const problemsOf = (of: string) =>
    answer && "problems" in answer && answer.of === of ? answer.problems : [];
  return (
    <Page
      title="Who earns"
      subtitle="What decides where clicks and codes meet on an order."
      secondaryActions={[{ content: "Try another rule", url: "/app/rules/try" }]}
    >
      <BlockStack gap="400">
        {view.areClicksUntold && <UntoldClicksBanner />}
        <RuleForm key={JSON.stringify(view.chosen)} view={view} problems={problemsOf("rule")} />
        {view.notAlways.length > 0 && <NotAlwaysCard codes={view.notAlways} isCut={view.isCut} />}
        {view.clicksLost.length > 0 && (
          <SilencedCard partners={view.clicksLost} isCut={view.isLostCut} />
        )}
        <OverridesCard overrides={view.overrides} />
        <OverrideForm key={view.overrides.length} view={view} problems={problemsOf("override")} />
        <HistoryCard history={view.history} />
      </BlockStack>
      <TimeZoneNote timeZone={view.timeZone} />
    </Page>
  );
}
