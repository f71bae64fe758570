import { MOST_LISTED, type RulesReading } from "#app/core/attribution/read-rules.ts";
import { clickDaysOf, type Meeting, type ShopRule } from "#app/core/attribution/rule.ts";
import type { MeetingForm, RuleForm } from "#app/core/attribution/read-rule.ts";
import { ruleVersion } from "#app/core/attribution/rule-version.ts";
import { meetingFirst } from "#app/core/attribution/rule-words.ts";
import { EVERY_CODE } from "#app/core/codes/code-selection.ts";
import { ALL, codesUrl } from "../codes/code-query.ts";
import { timeFormats } from "../time-formats.server.ts";
import { historyView } from "./history-view.server.ts";

export type RuleView = ReturnType<typeof ruleView>;

/** A shop's rule as the form has it, and what stands above it. */
export function ruleView(
  { shop, overrides, discounts, partners, notAlways, silenced, ...reading }: RulesReading,
  { timeZone, page = null }: { timeZone: string; page?: string | null },
) {
  const times = timeFormats(timeZone);
  return {
    chosen: formOf(shop.rule),
    opened: ruleVersion(shop),
    since: shop.from
      ? `In force since ${times.minute(shop.from)}.`
      : "In force from the start: every shop begins with it.",
    overrides: overrides.map(({ override: { scope, subject, rule, from }, name }) => ({
      id: `${scope} ${subject}`,
      ...{ scope, subject, name },
      rule: meetingFirst(rule.meeting),
      since: times.minute(from),
      opened: ruleVersion({ rule, from }),
    })),
    discounts: discounts.map(({ discountId, title }) => ({ value: discountId, label: title })),
    partners,
    notAlways: notAlways.map(({ codeId, code, reach }) => ({ id: codeId, code, reach })),
    silenced: silenced.length === 0 ? null : silencedSentence(silenced),
    clicksLost: reading.givesClicks ? silenced.map(silencedRow) : [],
    isLostCut: silenced.length === MOST_LISTED,
    areClicksUntold: reading.areClicksUntold,
    history: historyView(reading.history, { page, timeZone, discounts }),
    isCut: notAlways.length === MOST_LISTED,
  };
}

function silencedRow({ partnerId, name }: RulesReading["silenced"][number]) {
  return { id: partnerId, name, url: codesUrl({ ...ALL, filter: { ...EVERY_CODE, partnerId } }) };
}

/** Beside the choices that give clicks anything. */
function silencedSentence(silenced: RulesReading["silenced"]): string {
  const names = silenced.slice(0, MOST_NAMED).map(({ name }) => name);
  const isMore = silenced.length > MOST_NAMED;
  const all = isMore ? `${names.join(", ")} and others` : names.join(", ");
  return `impact.com tracks no clicks of partners who have codes with the credit policy ALWAYS. In this shop: ${all}. A click of theirs can win nothing, unless a code of theirs was typed as well: the code that it meets earns instead.`;
}

const MOST_NAMED = 10;

function formOf({ meeting, several, clickAlone, ...rule }: ShopRule): RuleForm {
  const discounts = several.kind === "highest-priority" ? several.discounts : [];
  const clickDays = String(clickDaysOf(rule));
  return { ...meetingForm(meeting), several: several.kind, discounts, clickAlone, clickDays };
}

/** What isn't chosen stands ready with something sensible. */
function meetingForm(meeting: Meeting): MeetingForm {
  const form = { meeting: meeting.kind, days: "7", codePercent: "50", clickPercent: "50" };
  if (meeting.kind === "newer-click-wins") return { ...form, days: String(meeting.days) };
  if (meeting.kind !== "split") return form;
  const { codePercent, clickPercent } = meeting;
  return { ...form, codePercent: String(codePercent), clickPercent: String(clickPercent) };
}
