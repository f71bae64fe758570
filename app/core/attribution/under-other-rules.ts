import { attributeOrder, type Attributable } from "./attribute-order.ts";
import type { Attribution, KnownCode } from "./attribution.ts";
import type { Meeting, Several, ShopRule } from "./rule.ts";
import { meetingWords, severalWords } from "./rule-words.ts";
import type { RulesAt } from "./rules-at.ts";

export interface OtherRule {
  /** What the rule does, in words. */
  rule: string;
  attribution: Attribution;
}

const MEETINGS: Meeting[] = [
  { kind: "code-wins" },
  { kind: "code-without-click" },
  { kind: "newer-click-wins", days: 7 },
  { kind: "split", codePercent: 50, clickPercent: 50 },
];
const SEVERALS: Several[] = [
  { kind: "first-entered" },
  { kind: "largest-discount" },
  { kind: "split-evenly" },
];

/**
 * What an order's decision would have been, had the shop had another rule: one choice changed at a time.
 * Choices that the order doesn't meet are left out: one without a click knows no meeting.
 */
export function underOtherRules(
  order: Attributable,
  known: readonly KnownCode[],
  { shop }: RulesAt,
): OtherRule[] {
  const decideBy = (rule: string, changes: Partial<ShopRule>): OtherRule => {
    const changed = { ...shop, rule: { ...shop.rule, ...changes } };
    return { rule, attribution: attributeOrder(order, known, { shop: changed, overrides: [] }) };
  };
  const { owners, hasClick } = whatMeets(decideBy("", {}).attribution);
  const meetings = owners > 0 && hasClick ? MEETINGS : [];
  const severals = owners > 1 ? SEVERALS : [];
  return [
    ...meetings
      .filter(({ kind }) => kind !== shop.rule.meeting.kind)
      .map((meeting) =>
        decideBy(`Where a click meets a code, ${meetingWords(meeting)}.`, { meeting }),
      ),
    ...severals
      .filter(({ kind }) => kind !== shop.rule.several.kind)
      .map((several) =>
        decideBy(`Of several partners' codes, ${severalWords(several)}.`, { several }),
      ),
    ...(owners === 0 && hasClick ? [decideBy(...otherAlone(shop.rule))] : []),
  ];
}

function otherAlone({ clickAlone }: ShopRule): [string, Partial<ShopRule>] {
  return clickAlone === "leave"
    ? ["A click without a partner's code is reported.", { clickAlone: "report" }]
    : [
        "A click without a partner's code is left to impact.com's own tag.",
        { clickAlone: "leave" },
      ];
}

/** How many partners have codes on an order, and whether a click counts for anything. */
function whatMeets({ candidates }: Attribution): { owners: number; hasClick: boolean } {
  const owners = candidates.flatMap((one) =>
    one.kind === "code" && one.partner ? [one.partner.partnerId] : [],
  );
  const refused = ["malformed", "unknown-there", "other-program", "partner-removed"];
  const hasClick = candidates.some((one) => one.kind === "click" && !refused.includes(one.verdict));
  return { owners: new Set(owners).size, hasClick };
}
