import type { MeetingForm, RuleForm } from "#app/core/attribution/read-rule.ts";

/** A rule as it was sent: fields that a choice doesn't show are not in it, and stand as in `first`. */
export function ruleWithDefaults(asked: RuleForm, first: RuleForm): RuleForm {
  const several = asked.several || first.several;
  const clickAlone = asked.clickAlone || first.clickAlone;
  const discounts = asked.several ? asked.discounts : first.discounts;
  const clickDays = asked.clickDays ?? first.clickDays ?? "";
  return { ...meetingWithDefaults(asked, first), several, discounts, clickAlone, clickDays };
}

/** The same of the part that an override has. */
export function meetingWithDefaults(asked: MeetingForm, first: MeetingForm): MeetingForm {
  const { meeting } = asked;
  const { days } = meeting === "newer-click-wins" ? asked : first;
  const { codePercent, clickPercent } = meeting === "split" ? asked : first;
  return { meeting, days, codePercent, clickPercent };
}
