import type { MeetingForm, RuleForm } from "#app/core/attribution/read-rule.ts";
import { ruleVersion } from "#app/core/attribution/rule-version.ts";
import type { OverrideScope } from "#app/core/attribution/rule.ts";
import {
  saveOverride,
  saveRule,
  takeBackOverride,
  type OverrideSubject,
} from "#app/core/attribution/save-rule.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import { saveReportSettings } from "#app/core/shops/save-report-settings.ts";

type RulePorts = Pick<Ports, "store" | "clock">;
type OfShop<Form> = { shop: ShopDomain } & Form;

/** What a form of the shop's rule, or of another's, is opened on at this moment. */
export async function openRule(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
  of: { scope: "shop" | OverrideScope; subject: string } = { scope: "shop", subject: "" },
): Promise<string> {
  const last = (await store.rules.list(shop)).findLast(
    ({ scope, subject }) => scope === of.scope && subject === of.subject,
  );
  return ruleVersion(last);
}

/** Saves the shop's rule in a form that was opened a moment ago. */
export async function saveRuleNow(ports: RulePorts, asked: OfShop<RuleForm>) {
  return saveRule(ports, { opened: await openRule(ports, asked.shop), ...asked });
}

/** The same for a discount, a partner or a code. */
export async function saveOverrideNow(
  ports: RulePorts,
  asked: OfShop<OverrideSubject & MeetingForm>,
) {
  return saveOverride(ports, { opened: await openRule(ports, asked.shop, asked), ...asked });
}

/** Takes an override back that was seen a moment ago. */
export async function takeBackOverrideNow(ports: RulePorts, asked: OfShop<OverrideSubject>) {
  return takeBackOverride(ports, { opened: await openRule(ports, asked.shop, asked), ...asked });
}

/** Saves the settings in a form that was opened a moment ago. */
export async function saveReportSettingsNow(
  { store }: Pick<Ports, "store">,
  asked: OfShop<{ reportWhen: string; amountBasis: string }>,
) {
  const opened = await store.shops.reportSettings(asked.shop);
  return saveReportSettings({ store }, { opened: { ...opened }, ...asked });
}
