import { CLICK_DAYS, type Meeting, type Several, type ShopRule } from "./rule.ts";

/** A rule as a form has it. */
export interface MeetingForm {
  meeting: string;
  days: string;
  codePercent: string;
  clickPercent: string;
}

export interface RuleForm extends MeetingForm {
  several: string;
  /** Ids of discounts, the highest first. */
  discounts: string[];
  clickAlone: string;
  /** For how many days impact.com counts a click; absent: for as many as in most contracts. */
  clickDays?: string;
}

export interface RuleProblem {
  field:
    | ("meeting" | "days" | "codePercent" | "several" | "discounts")
    | ("clickAlone" | "clickDays" | "subject")
    /** Of a rule that is tried: the days whose orders it is tried on. */
    | "period";
  /** Says what to do. */
  message: string;
}

type Read<T> = { ok: true; value: T } | { ok: false; problems: RuleProblem[] };

const MOST_DAYS = 365;
const DAYS_WANTED = `Enter a whole number of days from 1 to ${MOST_DAYS}.`;

/** What a merchant chose for the shop, or a sentence at each field that is wrong. */
export function readRule(form: RuleForm): Read<ShopRule> {
  const meeting = readMeeting(form);
  const several = readSeveral(form);
  const clickDays = readClickDays(form);
  const { clickAlone } = form;
  const isAlone = clickAlone === "leave" || clickAlone === "report";
  if (meeting.ok && several.ok && clickDays.ok && isAlone) {
    const rule: ShopRule = { meeting: meeting.value, several: several.value, clickAlone };
    return { ok: true, value: { ...rule, ...clickDays.value } };
  }
  const alone = isAlone ? [] : [problem("clickAlone", "Choose what becomes of a click alone.")];
  const wrongOnes = [meeting, several, clickDays].flatMap(problemsOf);
  return { ok: false, problems: [...wrongOnes, ...alone] };
}

function readClickDays({ clickDays }: RuleForm): Read<Pick<ShopRule, "clickDays">> {
  if (clickDays === undefined) return { ok: true, value: {} };
  const days = daysIn(clickDays);
  if (days === null) return wrong("clickDays", DAYS_WANTED);
  return { ok: true, value: days === CLICK_DAYS ? {} : { clickDays: days } };
}

/** The part of it that an override has. */
export function readMeeting(form: MeetingForm): Read<Meeting> {
  switch (form.meeting) {
    case "code-wins":
    case "code-without-click":
      return { ok: true, value: { kind: form.meeting } };
    case "newer-click-wins":
      return readDays(form.days);
    case "split":
      return readSplit(form);
    default:
      return wrong("meeting", "Choose who wins where a click meets a code.");
  }
}

function readDays(text: string): Read<Meeting> {
  const days = daysIn(text);
  if (days === null) return wrong("days", DAYS_WANTED);
  return { ok: true, value: { kind: "newer-click-wins", days } };
}

function daysIn(text: string): number | null {
  const days = wholeIn(text);
  return days !== null && days >= 1 && days <= MOST_DAYS ? days : null;
}

function readSplit(form: MeetingForm): Read<Meeting> {
  const [code, click] = [hundredthsIn(form.codePercent), hundredthsIn(form.clickPercent)];
  if (!code || !click) {
    const message =
      "Enter a percentage of at least 0.01 for both shares, with at most two decimals.";
    return wrong("codePercent", message);
  }
  const [codePercent, clickPercent] = [code / 100, click / 100];
  const sum = (code + click) / 100;
  if (sum !== 100) {
    return wrong(
      "codePercent",
      `Both shares must add up to 100%. ${codePercent}% and ${clickPercent}% make ${sum}%.`,
    );
  }
  return { ok: true, value: { kind: "split", codePercent, clickPercent } };
}

/** A percentage in hundredths, whatever marks its decimals; null where it is none of two decimals at most. */
function hundredthsIn(text: string): number | null {
  const [, whole, decimals = ""] = /^\s*(\d{1,3})(?:[.,](\d{1,2}))?\s*$/.exec(text) ?? [];
  return whole === undefined ? null : Number(whole) * 100 + Number(decimals.padEnd(2, "0"));
}

function readSeveral({ several, discounts }: RuleForm): Read<Several> {
  switch (several) {
    case "first-entered":
    case "largest-discount":
    case "split-evenly":
      return { ok: true, value: { kind: several } };
    case "highest-priority":
      return discounts.length > 0
        ? { ok: true, value: { kind: several, discounts: [...new Set(discounts)] } }
        : wrong("discounts", "Choose at least one discount that stands above the others.");
    default:
      return wrong("several", "Choose which of several partners' codes counts.");
  }
}

/** Null where it is no whole number; at most four digits, so that nothing is rounded. */
function wholeIn(text: string): number | null {
  return /^\s*\d{1,4}\s*$/.test(text) ? Number(text) : null;
}

function problem(field: RuleProblem["field"], message: string): RuleProblem {
  return { field, message };
}

function wrong(field: RuleProblem["field"], message: string): Read<never> {
  return { ok: false, problems: [problem(field, message)] };
}

function problemsOf(read: Read<unknown>): RuleProblem[] {
  return read.ok ? [] : read.problems;
}
