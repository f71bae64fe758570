import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { HistoryCard } from "#app/components/rules/history-card.tsx";
import { newerRuleSentence, newerThanTakenBack } from "#app/components/rules/newer-rule.server.ts";
import { NotAlwaysCard } from "#app/components/rules/not-always-card.tsx";
import { OverrideForm } from "#app/components/rules/override-form.tsx";
import { OverridesCard } from "#app/components/rules/overrides-card.tsx";
import {
  readMeetingForm,
  readOpenedRule,
  readRuleForm,
  readSubject,
} from "#app/components/rules/read-rule-form.server.ts";
import { RuleForm } from "#app/components/rules/rule-form.tsx";
import { ruleView } from "#app/components/rules/rule-view.server.ts";
import { SilencedCard } from "#app/components/rules/silenced-card.tsx";
import { UntoldClicksBanner } from "#app/components/rules/untold-clicks-banner.tsx";
import { TimeZoneNote } from "#app/components/time-zone-note.tsx";
import { useSuccessToast } from "#app/components/use-success-toast.ts";
import { ruleVersion } from "#app/core/attribution/rule-version.ts";
import type { NewerRule, OverrideSubject } from "#app/core/attribution/save-rule.ts";
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
  const { shop, timeZone } = await authenticateShop(request);
  const form = await request.formData();
  if (form.get("intent") !== "rule") return changeOverride({ shop, timeZone }, form);
  const [opened, sent] = [readOpenedRule(form), readRuleForm(form)];
  const saved = await services.saveRule({ shop, opened, ...sent });
  if (!saved.ok) {
    const told = await tellNewer({ shop, timeZone, opened }, saved.newer);
    return json({ of: "rule" as const, sent, problems: saved.problems, ...told }, { status: 422 });
  }
  const problems = await services.checkClicks({ shop, ...sent });
  const done = saved.isNew ? "The rule is in force from now on" : "Nothing has changed";
  return json({ done, of: "rule" as const, problems });
}

interface OfShop {
  shop: ShopDomain;
  timeZone: string;
}

async function changeOverride({ shop, timeZone }: OfShop, form: FormData) {
  const of = "override" as const;
  const subject = readSubject(form);
  if (!subject) {
    const problem = { field: "subject" as const, message: "Choose what the rule is for." };
    return json({ of, problems: [problem] }, { status: 422 });
  }
  const opened = readOpenedRule(form);
  if (form.get("intent") === "take-back") return takeBack({ shop, timeZone }, opened, subject);
  const sent = { ...subject, ...readMeetingForm(form) };
  const saved = await services.saveOverride({ shop, opened, ...sent });
  if (!saved.ok) {
    const told = await tellNewer({ shop, timeZone, opened }, saved.newer);
    return json({ of, sent, problems: saved.problems, ...told }, { status: 422 });
  }
  const problems = await services.checkClicks({ shop, ...sent });
  return json({ done: "The rule is in force from now on", of, problems });
}

async function takeBack({ shop, timeZone }: OfShop, opened: string, subject: OverrideSubject) {
  const taken = await services.takeBackOverride({ shop, opened, ...subject });
  if (taken.ok || !taken.newer) return json({ done: "Your shop's rule holds again from now on" });
  const rules = await services.readRules(shop);
  const message = newerThanTakenBack(taken.newer, rules, timeZone);
  return json({ of: "take-back" as const, message }, { status: 422 });
}

/** What a form that was refused says, and stands on from then on. */
async function tellNewer(
  { shop, timeZone, opened }: OfShop & { opened: string },
  newer: NewerRule | null,
) {
  if (!newer) return { message: null, opened };
  const rules = await services.readRules(shop);
  return { message: newerRuleSentence(newer, rules, timeZone), opened: ruleVersion(newer) };
}

export default function RulesPage() {
  const view = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  useSuccessToast(answer);
  const problemsOf = (of: string) =>
    answer && "problems" in answer && answer.of === of ? answer.problems : [];
  const refused = answer && "sent" in answer ? answer : null;
  const ofRule = refused?.of === "rule" ? refused : null;
  const ofOverride = refused?.of === "override" ? refused : null;
  const notTakenBack = answer && "message" in answer && answer.of === "take-back" ? answer : null;
  return (
    <Page
      title="Who earns"
      subtitle="What decides where clicks and codes meet on an order."
      secondaryActions={[{ content: "Try another rule", url: "/app/rules/try" }]}
    >
      <BlockStack gap="400">
        {view.areClicksUntold && <UntoldClicksBanner />}
        <RuleForm
          key={JSON.stringify(ofRule?.sent ?? view.chosen)}
          {...{ view, problems: problemsOf("rule"), refusal: ofRule }}
        />
        {view.notAlways.length > 0 && <NotAlwaysCard codes={view.notAlways} isCut={view.isCut} />}
        {view.clicksLost.length > 0 && (
          <SilencedCard partners={view.clicksLost} isCut={view.isLostCut} />
        )}
        <OverridesCard overrides={view.overrides} refusal={notTakenBack} />
        <OverrideForm
          key={JSON.stringify(ofOverride?.sent ?? view.overrides)}
          {...{ view, problems: problemsOf("override"), refusal: ofOverride }}
        />
        <HistoryCard history={view.history} />
      </BlockStack>
      <TimeZoneNote timeZone={view.timeZone} />
    </Page>
  );
}
