import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { useState } from "react";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { readRuleForm, readSubject } from "#app/components/rules/read-rule-form.server.ts";
import { openedOf } from "#app/components/rules/opened-of.ts";
import { ruleView } from "#app/components/rules/rule-view.server.ts";
import { ruleWithDefaults } from "#app/components/rules/with-defaults.ts";
import { SimulationCards } from "#app/components/simulation/simulation-cards.tsx";
import { simulationView } from "#app/components/simulation/simulation-view.server.ts";
import { TryForm } from "#app/components/simulation/try-form.tsx";
import { UseRuleForm } from "#app/components/simulation/use-rule-form.tsx";
import type { RuleProblem } from "#app/core/attribution/read-rule.ts";
import { services } from "#app/services.server.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, timeZone, currency } = await authenticateShop(request);
  const query = new URL(request.url).searchParams;
  const period = query.get("period") ?? "30";
  const days = /^\s*\d{1,4}\s*$/.test(period) ? Number(period) : NaN;
  const reading = await services.readRules(shop);
  const rules = ruleView(reading, { timeZone });
  const { chosen, discounts, partners, silenced } = rules;
  const subject = readSubject(query);
  const view = { discounts, partners, silenced };
  const page = { period, subject, view, opened: openedOf(subject, rules) };
  if (!query.has("meeting")) return json({ ...page, chosen, problems: NONE, tried: null });
  const asked = readRuleForm(query);
  const form = ruleWithDefaults(asked, chosen);
  const [simulated, rates] = await Promise.all([
    services.simulateRule({ shop, days, form, subject }),
    services.readPayoutRates(shop),
  ]);
  if (!simulated.ok)
    return json({ ...page, chosen: form, problems: simulated.problems, tried: null });
  const isUntold = simulated.simulation.clicks.untold > 0;
  const asking = isUntold ? await services.startLoneLookUps(shop) : null;
  const setting = { currency, timeZone, days, rates, asking };
  const tried = simulationView(simulated.simulation, setting);
  return json({ ...page, chosen: form, problems: NONE, tried });
}

const NONE: RuleProblem[] = [];

export default function TryRulePage() {
  const page = useLoaderData<typeof loader>();
  return (
    <Page
      title="Try a rule"
      subtitle="What another rule would have made of your last orders."
      backAction={{ content: "Who earns", url: "/app/rules" }}
    >
      <TryRule key={JSON.stringify([page.chosen, page.subject, page.period])} page={page} />
    </Page>
  );
}

/** What was tried, and the form for the next try. */
function TryRule({ page }: { page: ReturnType<typeof useLoaderData<typeof loader>> }) {
  const { tried, ...form } = page;
  const [isChanged, setChanged] = useState(false);
  return (
    <BlockStack gap="400">
      {tried && <SimulationCards view={tried} />}
      {tried && <UseRuleForm {...form} rule={form.chosen} isChanged={isChanged} />}
      <TryForm {...form} onChange={setChanged} />
    </BlockStack>
  );
}
