/** What happens where one partner's click and another partner's code meet on an order. */
export type Meeting =
  | { kind: "code-wins" }
  | { kind: "code-without-click" }
  /** The click wins where it was at most so many days before the order. */
  | { kind: "newer-click-wins"; days: number }
  /** Percents of at most two decimals, each at least 0.01, that sum to 100. */
  | { kind: "split"; codePercent: number; clickPercent: number };

/** Which of several partners' codes on one order counts. */
export type Several =
  | { kind: "first-entered" }
  | { kind: "largest-discount" }
  /** Ids of discounts, the highest first; those not named stand below all of them. */
  | { kind: "highest-priority"; discounts: string[] }
  | { kind: "split-evenly" };

export interface ShopRule {
  meeting: Meeting;
  several: Several;
  /** A click and no partner's code: left to impact.com's own tag, or reported by this app. */
  clickAlone: "leave" | "report";
  /** For how many days impact.com counts a click, as its contracts say; absent: CLICK_DAYS. */
  clickDays?: number;
}

/** The referral window of most contracts (reference/impact.md, 8). */
export const CLICK_DAYS = 30;

/** For how many days before an order a click counts under a rule. */
export function clickDaysOf({ clickDays }: Pick<ShopRule, "clickDays">): number {
  return clickDays ?? CLICK_DAYS;
}

/** What stands above the shop's rule for one discount, partner or code. */
export interface Override {
  meeting: Meeting;
}

/** A rule as it stood at an order's time. */
export type RuleInForce =
  /** `from` is null for the rule that every shop begins with. */
  | { scope: "shop"; rule: ShopRule; from: Date | null }
  | { scope: OverrideScope; subject: string; rule: Override; from: Date };

/** The most specific last. */
export type OverrideScope = "discount" | "partner" | "code";

/** As every shop begins. */
export const FIRST_RULE: ShopRule = {
  meeting: { kind: "code-wins" },
  several: { kind: "first-entered" },
  clickAlone: "leave",
};

/** Whether a rule can give a click anything: otherwise clicks change nothing, and nothing is asked of them. */
export function givesClicks(rule: ShopRule | Override): boolean {
  const alone = "clickAlone" in rule ? { clickAlone: rule.clickAlone } : {};
  return choiceGivesClicks({ meeting: rule.meeting.kind, ...alone });
}

/** The same of a form, whatever else is wrong with it. */
export function choiceGivesClicks(chosen: { meeting: string; clickAlone?: string }): boolean {
  return chosen.meeting !== "code-wins" || chosen.clickAlone === "report";
}
