import type { MeetingForm, RuleForm } from "#app/core/attribution/read-rule.ts";
import type { OverrideScope } from "#app/core/attribution/rule.ts";

/** What each choice means for the shop, and at impact.com. */
export interface RuleChoice {
  value: string;
  label: string;
  helpText: string;
}

export const MEETING_CHOICES: RuleChoice[] = [
  {
    value: "code-wins",
    label: "The code wins",
    helpText:
      "Whoever's code was used earns the order, whatever was clicked before. At impact.com the codes need the credit policy ALWAYS, and impact.com then shows no clicks of their partners any more.",
  },
  {
    value: "code-without-click",
    label: "A code earns only where there is no click",
    helpText:
      "Another partner's click that led to the order takes it: the order is reported by the click, without the code. For orders without a click your codes still need the credit policy ALWAYS, and impact.com tracks no clicks of partners with such codes: only clicks of the others can win, or those of partners whose own code was typed as well. Choose it only if neither impact.com's tag nor another app reports your orders: what they report with a code is paid to the code's partner.",
  },
  {
    value: "newer-click-wins",
    label: "A click wins while it is new",
    helpText:
      "A click of the last days takes the order, an older one leaves it to the code. The codes need the credit policy ALWAYS, and impact.com tracks no clicks of partners with such codes: only clicks of the others can win, or those of partners whose own code was typed as well. Choose it only if neither impact.com's tag nor another app reports your orders: what they report with a code is paid to the code's partner.",
  },
  {
    value: "split",
    label: "Code and click share the order",
    helpText:
      "Each partner earns a part. At impact.com the order appears as two actions, one for each partner, and the codes need the credit policy ALWAYS. A payout that is a fixed amount for an action is paid for each of the two. Choose it only if neither impact.com's tag nor another app reports your orders: they would be paid twice.",
  },
];

export const SEVERAL_CHOICES: RuleChoice[] = [
  {
    value: "first-entered",
    label: "The one entered first",
    helpText: "At impact.com the order is one action of that code.",
  },
  {
    value: "largest-discount",
    label: "The one that took off the most",
    helpText:
      "Of the goods' price. Where several took off the same, the one entered first. At impact.com the order is one action of that code.",
  },
  {
    value: "highest-priority",
    label: "The one of the discount that stands highest",
    helpText:
      "You put your discounts in order. Within one discount, the code entered first. At impact.com the order is one action of that code.",
  },
  {
    value: "split-evenly",
    label: "The partners share evenly",
    helpText:
      "At impact.com the order appears as one action for each partner; a fixed amount for an action is paid for each of them. Choose it only if neither impact.com's tag nor another app reports your orders.",
  },
];

export const ALONE_CHOICES: RuleChoice[] = [
  {
    value: "leave",
    label: "Leave it to impact.com's own tag",
    helpText: "The tag on your shop usually reports these orders already.",
  },
  {
    value: "report",
    label: "Report it",
    helpText:
      "Choose it only if neither impact.com's tag nor another app reports your orders: otherwise they would be paid twice.",
  },
];

/** What can have a rule of its own. */
export const SCOPES = [
  { value: "code", label: "A code" },
  { value: "partner", label: "A partner's codes" },
  { value: "discount", label: "A discount's codes" },
];

/** What has one, before its name. */
export const SCOPE_NAMES: Record<OverrideScope, string> = {
  code: "Code",
  partner: "Partner",
  discount: "Discount",
};

/** It is about codes, never about clicks: a partner's rule says nothing of where their clicks go. */
const WHERE: Record<string, string> = {
  code: "Where another partner's click meets this code",
  partner: "Where another partner's click meets a code of this partner",
  discount: "Where another partner's click meets a code of this discount",
};

/** A rule for one of them, in the words of its form. */
export function overrideSentence(scope: string, form: MeetingForm): string {
  return `${WHERE[scope]}: ${meetingText(form)}.`;
}

/** The choice with what was typed for it. */
function meetingText({ meeting, days, codePercent, clickPercent }: MeetingForm): string {
  const label = labelOf(MEETING_CHOICES, meeting);
  if (meeting === "newer-click-wins")
    return `${label} (for ${days} ${days === "1" ? "day" : "days"})`;
  if (meeting !== "split") return label;
  return `${label} (${codePercent}% for the code, ${clickPercent}% for the click)`;
}

function labelOf(choices: RuleChoice[], chosen: string): string {
  return choices.find(({ value }) => value === chosen)?.label ?? "";
}

/** A rule in the words of its form. */
export function ruleSentence({ several, clickAlone, clickDays, ...meeting }: RuleForm): string {
  return [
    `Where a click meets a code: ${meetingText(meeting)}.`,
    `Of several partners' codes: ${labelOf(SEVERAL_CHOICES, several)}.`,
    `A click without a code: ${labelOf(ALONE_CHOICES, clickAlone)}.`,
    ...(clickDays ? [`Days for which a click counts: ${clickDays}.`] : []),
  ].join(" ");
}

/** impact.com's three credit policies, and what each of them asks of a click. */
export const POLICIES = [
  "ALWAYS credits the code's partner on every order with the code.",
  "INVOLVED credits them only if a click of theirs was somewhere on the customer's way.",
  "WINNER credits them only if theirs was the click that counts.",
  "An order with a code and no click earns nobody anything under INVOLVED and WINNER.",
];
