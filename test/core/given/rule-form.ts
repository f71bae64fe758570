import type { RuleForm } from "#app/core/attribution/read-rule.ts";

/** The form of the shop's rule as it is first shown. */
export const RULE_FORM: RuleForm = {
  meeting: "code-wins",
  days: "7",
  codePercent: "70",
  clickPercent: "30",
  several: "first-entered",
  discounts: [],
  clickAlone: "leave",
};
