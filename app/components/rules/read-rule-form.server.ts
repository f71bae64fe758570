import { normalizeCode } from "#app/core/codes/code-text.ts";
import type { MeetingForm, RuleForm } from "#app/core/attribution/read-rule.ts";
import type { OverrideSubject } from "#app/core/attribution/save-rule.ts";

/** A form as it was posted, or as an address holds it. */
interface Fields {
  get(name: string): FormDataEntryValue | null;
  getAll(name: string): FormDataEntryValue[];
}

/** What was posted; what wasn't is empty, and no file is a text. */
export function readRuleForm(form: Fields): RuleForm {
  const discounts = form.getAll("discounts").filter((value) => typeof value === "string");
  const { several, clickAlone } = texts(form, ["several", "clickAlone"]);
  const rule = { ...readMeetingForm(form), several, discounts, clickAlone };
  return form.get("clickDays") === null ? rule : { ...rule, ...texts(form, ["clickDays"]) };
}

export function readMeetingForm(form: Fields): MeetingForm {
  return texts(form, ["meeting", "days", "codePercent", "clickPercent"]);
}

/** By `ruleVersion`; one that was not posted is none that there is. */
export function readOpenedRule(form: Fields): string {
  return texts(form, ["opened"]).opened;
}

/** Null where it is for nothing that can have a rule. */
export function readSubject(form: Fields): OverrideSubject | null {
  const { scope, subject } = texts(form, ["scope", "subject"]);
  if (scope === "code") return { scope, subject: normalizeCode(subject) };
  return scope === "partner" || scope === "discount" ? { scope, subject } : null;
}

function texts<Name extends string>(form: Fields, names: readonly Name[]): Record<Name, string> {
  const read = names.map((name): [Name, string] => {
    const value = form.get(name);
    return [name, typeof value === "string" ? value : ""];
  });
  return Object.fromEntries(read) as Record<Name, string>;
}
