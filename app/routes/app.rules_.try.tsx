import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { useState } from "react";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { readRuleForm, readSubject } from "#app/components/rules/read-rule-form.server.ts";
import { ruleView } from "#app/components/rules/rule-view.server.ts";
import { SimulationCards } from "#app/components/simulation/simulation-cards.tsx";
import { simulationView } from "#app/components/simulation/simulation-view.server.ts";
import { TryForm } from "#app/components/simulation/try-form.tsx";
import { UseRuleForm } from "#app/components/simulation/use-rule-form.tsx";
import type { RuleForm, RuleProblem } from "#app/core/attribution/read-rule.ts";
import { services } from "#app/services.server.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, timeZone, currency } = await authenticateShop(request);
  const query = new URL(request.url).searchParams;
  const period = query.get("period") ?? "30";
  const days = /^\s*\d{1,4}\s*$/.test(period) ? Number(period) : NaN;
  const reading = await services.readRules(shop);
  const { chosen, discounts, partners, silenced } = ruleView(reading, { timeZone });
  const subject = readSubject(query);
  const view = { discounts, partners, silenced };
  const page = { period, subject, view };
  if (!query.has("meeting")) return json({ ...page, chosen, problems: NONE, tried: null });
  const asked = readRuleForm(query);
  const form = withDefaults(asked, chosen);
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

/** Fields that a choice doesn't show are not in the address. */
function withDefaults(asked: RuleForm, chosen: RuleForm): RuleForm {
  const several = asked.several || chosen.several;
  const clickAlone = asked.clickAlone || chosen.clickAlone;
  const discounts = asked.several ? asked.discounts : chosen.discounts;
  const clickDays = asked.clickDays ?? chosen.clickDays ?? "";
  const days = asked.meeting === "newer-click-wins" ? asked.days : chosen.days;
  const isSplit = asked.meeting === "split";
  const { codePercent, clickPercent } = isSplit ? asked : chosen;
  return { ...asked, days, codePercent, clickPercent, several, clickAlone, clickDays, discounts };
}

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
