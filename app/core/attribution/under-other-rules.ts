import { attributeOrder, type Attributable } from "./attribute-order.ts";
import { isRefused, type Attribution, type KnownCode } from "./attribution.ts";
import type { Meeting, Several, ShopRule } from "./rule.ts";
import { aloneSentence, meetingWords, severalWords } from "./rule-words.ts";
import { rulesAt, type DatedRule } from "./rules-at.ts";

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
 * Another meeting is tried for every code, without what stood above it, the shop's own as well where it
 * did not decide. Choices that the order doesn't meet are left out.
 */
export function underOtherRules(
  order: Attributable,
  known: readonly KnownCode[],
  history: readonly DatedRule[],
): OtherRule[] {
  const { shop, overrides } = rulesAt(history, order.placedAt);
  const decideBy = (changes: Partial<ShopRule>, above = overrides): Attribution => {
    const changed = { ...shop, rule: { ...shop.rule, ...changes } };
    return attributeOrder(order, known, { shop: changed, overrides: above });
  };
  const decided = decideBy({});
  const { owners, hasClick } = whatMeets(decided);
  const meetings = owners > 0 && hasClick ? otherMeetings(decided, shop.rule.meeting) : [];
  const severals = owners > 1 ? otherSeverals(history, shop.rule.several) : [];
  const alone = owners === 0 && hasClick ? [otherAlone(shop.rule)] : [];
  return [
    ...meetings.map((meeting) => ({
      rule: `Where a click meets a code, ${meetingWords(meeting)}.`,
      attribution: decideBy({ meeting }, []),
    })),
    ...severals.map((several) => ({
      rule: `Of several partners' codes, ${severalWords(several)}.`,
      attribution: decideBy({ several }),
    })),
    ...alone.map(([rule, changes]) => ({ rule, attribution: decideBy(changes) })),
  ];
}

/** One of each kind, the shop's own among them, but for what decided for all codes that counted. */
function otherMeetings({ candidates }: Attribution, own: Meeting): Meeting[] {
  const deciding = candidates.flatMap((one) =>
    one.kind === "code" && one.met ? [one.met.meeting] : [],
  );
  const decided = (meeting: Meeting) =>
    deciding.every((one) => (meeting === own ? one === own : one.kind === meeting.kind));
  return MEETINGS.map((meeting) => (meeting.kind === own.kind ? own : meeting)).filter(
    (meeting) => !decided(meeting),
  );
}

/** By priority only where the merchant has ever put discounts in order: the newest order counts. */
function otherSeverals(history: readonly DatedRule[], own: Several): Several[] {
  const orders = history
    .flatMap((dated) => (dated.scope === "shop" ? [dated] : []))
    .filter(({ rule }) => rule.several.kind === "highest-priority")
    .toSorted((one, other) => other.from.getTime() - one.from.getTime());
  const priorities = orders.slice(0, 1).map(({ rule }) => rule.several);
  return [...SEVERALS, ...priorities].filter(({ kind }) => kind !== own.kind);
}

function otherAlone(rule: ShopRule): [string, Partial<ShopRule>] {
  const clickAlone = rule.clickAlone === "leave" ? "report" : "leave";
  return [aloneSentence(clickAlone), { clickAlone }];
}

/** How many partners have codes on an order, and whether a click counts for anything. */
function whatMeets({ candidates }: Attribution): { owners: number; hasClick: boolean } {
  const owners = candidates.flatMap((one) =>
    one.kind === "code" && one.partner ? [one.partner.partnerId] : [],
  );
  const hasClick = candidates.some((one) => one.kind === "click" && !isRefused(one));
  return { owners: new Set(owners).size, hasClick };
}
