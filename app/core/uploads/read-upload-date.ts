import { TZDate } from "@date-fns/tz";
import { readDay } from "../codes/discount-draft.ts";

export type UploadDate =
  | { ok: true; at: Date }
  | { ok: false; because: "unreadable" }
  | { ok: false; because: "ambiguous"; readings: [dayFirst: string, monthFirst: string] };

export type DateReader = (text: string, edge: "start" | "end") => UploadDate;

/** So many texts are remembered; a file rarely holds more days. */
const MOST_REMEMBERED = 10_000;

/** Reads the dates of one file: the same few stand in many rows, and time zones are slow to ask. */
export function dateReader(timeZone: string): DateReader {
  const remembered = new Map<string, UploadDate>();
  return (text, edge) => {
    const key = `${edge} ${text}`;
    const date = remembered.get(key) ?? readUploadDate(text, { timeZone, edge });
    if (remembered.size < MOST_REMEMBERED) remembered.set(key, date);
    return date;
  };
}

const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/;
const WITH_TIME =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?\s?(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * A date of a file as an instant. A day is the shop's; an end lasts until its day is over. A time
 * without offset is the shop's too. Day and month are told apart only where one reading exists;
 * with dots the day comes first (DIN 5008, as everywhere that dots are used).
 */
export function readUploadDate(
  text: string,
  { timeZone, edge }: { timeZone: string; edge: "start" | "end" },
): UploadDate {
  const timed = WITH_TIME.exec(text);
  if (timed) return readTimed(timed, { timeZone, edge });
  const days = possibleDays(text).filter((day) => readDay(day, timeZone) !== null);
  const [day, other] = days;
  if (day === undefined) return { ok: false, because: "unreadable" };
  if (other !== undefined && other !== day) {
    return { ok: false, because: "ambiguous", readings: [day, other] };
  }
  return atDay(day, { timeZone, edge });
}

function possibleDays(text: string): string[] {
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst) return [isoDay(yearFirst[1], yearFirst[2], yearFirst[3])];
  const yearLast = YEAR_LAST.exec(text);
  if (!yearLast) return [];
  const [, first, separator, second, year] = yearLast;
  const dayFirst = isoDay(year, second, first);
  return separator === "." ? [dayFirst] : [dayFirst, isoDay(year, first, second)];
}

function isoDay(year = "", month = "", day = ""): string {
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

interface Place {
  timeZone: string;
  edge: "start" | "end";
}

function atDay(day: string, { timeZone, edge }: Place): UploadDate {
  const at = readDay(day, timeZone, edge === "end" ? 1 : 0);
  // Spreadsheets show an empty or odd number as a day around 1900.
  if (!at || Number(day.slice(0, 4)) < 2000) return { ok: false, because: "unreadable" };
  return { ok: true, at };
}

function readTimed(timed: RegExpExecArray, place: Place): UploadDate {
  const [, day = "", hours = "", minutes = "", seconds = "00", offset] = timed;
  const isMidnight = Number(hours) + Number(minutes) + Number(seconds) === 0;
  // Databases write a day as its midnight.
  if (isMidnight && offset === undefined) return atDay(day, place);
  const isTime = Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60;
  if (!isTime || !atDay(day, place).ok) return { ok: false, because: "unreadable" };
  if (offset === undefined) {
    const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
    const zoned = new TZDate(
      ...([year, month - 1, date, Number(hours), Number(minutes), Number(seconds)] as const),
      place.timeZone,
    );
    return { ok: true, at: new Date(zoned.getTime()) };
  }
  const colon = offset.replace(/^([+-]\d{2}):?(\d{2})$/, "$1:$2").toUpperCase();
  const at = new Date(`${day}T${hours}:${minutes}:${seconds}${colon}`);
  return Number.isNaN(at.getTime()) ? { ok: false, because: "unreadable" } : { ok: true, at };
}
