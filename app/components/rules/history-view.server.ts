import type { NamedSpan } from "#app/core/attribution/read-rules.ts";
import {
  clickDaysOf,
  type Override,
  type Several,
  type ShopRule,
} from "#app/core/attribution/rule.ts";
import {
  aloneSentence,
  daysText,
  meetingWords,
  severalWords,
} from "#app/core/attribution/rule-words.ts";
import { timeFormats } from "../time-formats.server.ts";
import { SCOPE_NAMES } from "./rule-words.ts";

export type HistoryView = ReturnType<typeof historyView>;

const PAGE = 20;
const MOST_NAMED = 10;

interface Shown {
  /** Counted from 1, as the address has it; one that there isn't is the nearest that there is. */
  page: string | null;
  timeZone: string;
  discounts: readonly { discountId: string; title: string }[];
}

/** A page of the rules that a shop has and had, the newest first. */
export function historyView(history: readonly NamedSpan[], shown: Shown) {
  const pages = Math.max(1, Math.ceil(history.length / PAGE));
  const wanted = /^\d{1,6}$/.test(shown.page ?? "") ? Number(shown.page) : 1;
  const page = Math.min(Math.max(wanted, 1), pages);
  const times = timeFormats(shown.timeZone);
  const titles = new Map(shown.discounts.map(({ discountId, title }) => [discountId, title]));
  const rows = history.slice((page - 1) * PAGE, page * PAGE).map(({ span, name }, index) => ({
    id: String(index),
    subject: span.scope === "shop" ? "Your shop" : `${SCOPE_NAMES[span.scope]} ${name ?? ""}`,
    rule: sentencesOf(span.rule, titles),
    from: span.from ? unbroken(times.minute(span.from)) : "The start",
    until: span.until && unbroken(times.minute(span.until)),
  }));
  return {
    rows: history.length > 1 ? rows : [],
    previous: page > 1 ? page - 1 : null,
    next: page < pages ? page + 1 : null,
  };
}

/** Beside a long sentence a time would be broken into as many lines. */
function unbroken(time: string): string {
  return time.replaceAll(" ", "\u00a0");
}

/** All that a rule says, the shop's or an override's; discounts are named by their titles. */
export function sentencesOf(
  rule: ShopRule | Override,
  titles: ReadonlyMap<string, string>,
): string {
  const meets = `Where a click meets a code, ${meetingWords(rule.meeting)}.`;
  if (!("several" in rule)) return meets;
  const { several, clickAlone } = rule;
  return [
    meets,
    `Of several partners' codes, ${severalWords(several)}.`,
    ...orderOf(several, titles),
    aloneSentence(clickAlone),
    `A click counts for ${daysText(clickDaysOf(rule))}.`,
  ].join(" ");
}

function orderOf(several: Several, titles: ReadonlyMap<string, string>): string[] {
  if (several.kind !== "highest-priority") return [];
  const { discounts } = several;
  const named = discounts.slice(0, MOST_NAMED).map((one) => titles.get(one) ?? "one that is gone");
  const more = discounts.length - named.length;
  return [`Highest first: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}.`];
}
