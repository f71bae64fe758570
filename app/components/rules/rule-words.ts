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
      "Another partner's click that led to the order takes it. At impact.com such an order is reported by its click, without the code. Orders without a click still need the credit policy ALWAYS.",
  },
  {
    value: "newer-click-wins",
    label: "A click wins while it is new",
    helpText:
      "A click of the last days takes the order, an older one leaves it to the code. At impact.com the codes need the credit policy ALWAYS, as above.",
  },
  {
    value: "split",
    label: "Code and click share the order",
    helpText:
      "Each partner earns a part. At impact.com the order appears as two actions, one for each partner, and the codes need the credit policy ALWAYS.",
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
    helpText: "Of the goods' price. Where several took off the same, the one entered first.",
  },
  {
    value: "highest-priority",
    label: "The one of the discount that stands highest",
    helpText: "You put your discounts in order. Within one discount, the code entered first.",
  },
  {
    value: "split-evenly",
    label: "The partners share evenly",
    helpText: "At impact.com the order appears as one action for each partner.",
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
      "Only where neither impact.com's tag nor another app reports orders: otherwise they would be paid twice.",
  },
];

/** impact.com's three credit policies, and what each of them asks of a click. */
export const POLICIES = [
  "ALWAYS credits the code's partner on every order with the code.",
  "INVOLVED credits them only if a click of theirs was somewhere on the customer's way.",
  "WINNER credits them only if theirs was the click that counts.",
  "An order with a code and no click earns nobody anything under INVOLVED and WINNER.",
];
