import type { RulesReading } from "#app/core/attribution/read-rules.ts";
import type { NewerRule } from "#app/core/attribution/save-rule.ts";
import { unsavedSentence } from "#app/core/changed-fields.ts";
import { timeFormats } from "../time-formats.server.ts";
import { sentencesOf } from "./history-view.server.ts";
import { SCOPE_NAMES } from "./rule-words.ts";

type Named = Pick<RulesReading, "history" | "discounts">;

/** The rule that was saved, or taken back, while a form stood open, and what saving once more does. */
export function newerRuleSentence(newer: NewerRule, rules: Named, timeZone: string): string {
  return unsavedSentence(changeSentence(newer, rules, timeZone));
}

/** The same of a rule that was to be taken back. */
export function newerThanTakenBack(newer: NewerRule, rules: Named, timeZone: string): string {
  const change = changeSentence(newer, rules, timeZone);
  return `Nothing was taken back. ${change} Take it back once more if that is what you want.`;
}

function changeSentence(newer: NewerRule, { history, discounts }: Named, timeZone: string): string {
  if (!newer.from) return "This page doesn't say on which rule it was opened.";
  const whom = whomOf(newer, history);
  const since = `after you opened this page, on ${timeFormats(timeZone).minute(newer.from)}`;
  if (!newer.rule) return `The rule for ${whom} was taken back ${since}.`;
  const titles = new Map(discounts.map(({ discountId, title }) => [discountId, title]));
  return `A rule for ${whom} was saved ${since}: ${sentencesOf(newer.rule, titles)}`;
}

function whomOf(newer: NewerRule, history: Named["history"]): string {
  if (newer.scope === "shop") return "your shop";
  const { scope, subject } = newer;
  const known = history.find(({ span }) => span.scope === scope && span.subject === subject);
  return `the ${SCOPE_NAMES[scope].toLowerCase()} ${known?.name ?? subject}`;
}
