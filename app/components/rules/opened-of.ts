import { ruleVersion } from "#app/core/attribution/rule-version.ts";
import { normalizeCode } from "#app/core/codes/code-text.ts";
import type { RuleView } from "./rule-view.server.ts";

/** On which rule a page was opened, for the shop's (null) or that of whom a form names. */
export function openedOf(
  of: { scope: string; subject: string } | null,
  { opened, overrides }: Pick<RuleView, "opened" | "overrides">,
): string {
  if (!of) return opened;
  const subject = of.scope === "code" ? normalizeCode(of.subject) : of.subject;
  const own = overrides.find((one) => one.scope === of.scope && one.subject === subject);
  return own?.opened ?? ruleVersion();
}
