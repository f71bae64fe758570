import fc from "fast-check";
import { expect, test } from "vitest";
import { readUploadDate } from "#app/core/uploads/read-upload-date.ts";

const BERLIN = "Europe/Berlin";

function start(text: string): string {
  const date = readUploadDate(text, { timeZone: BERLIN, edge: "start" });
  return date.ok ? date.at.toISOString() : date.because;
}

test.each([
  ["2026-01-31", "2026-01-30T23:00:00.000Z"],
  ["2026/1/31", "2026-01-30T23:00:00.000Z"],
  ["31.01.2026", "2026-01-30T23:00:00.000Z"],
  ["1.2.2026", "2026-01-31T23:00:00.000Z"],
  ["31/01/2026", "2026-01-30T23:00:00.000Z"],
  ["01/31/2026", "2026-01-30T23:00:00.000Z"],
  ["07-07-2026", "2026-07-06T22:00:00.000Z"],
  ["2026-01-31 00:00:00", "2026-01-30T23:00:00.000Z"],
  ["2026-01-31T12:30", "2026-01-31T11:30:00.000Z"],
  ["2026-01-31T12:30:00Z", "2026-01-31T12:30:00.000Z"],
  ["2026-01-31T00:00:00-05:00", "2026-01-31T05:00:00.000Z"],
  ["2026-01-31T12:30:00.000+0200", "2026-01-31T10:30:00.000Z"],
])("%s is read as the shop's day or the instant it says", (text, instant) => {
  expect(start(text)).toBe(instant);
});

test("a last day is over at the shop's midnight after it", () => {
  const date = readUploadDate("2026-03-29", { timeZone: BERLIN, edge: "end" });
  expect(date).toEqual({ ok: true, at: new Date("2026-03-29T22:00:00Z") });
});

test("day and month that may be either are never guessed", () => {
  const date = readUploadDate("03/04/2026", { timeZone: BERLIN, edge: "start" });
  expect(date).toEqual({
    ok: false,
    because: "ambiguous",
    readings: ["2026-04-03", "2026-03-04"],
  });
});

test.each([
  "soon",
  "2026-02-30",
  "31/31/2026",
  "1/2/26",
  "0000-00-00",
  "1899-12-31",
  "2026-01-31T25:00",
  "2026-13-01T10:00:00Z",
  "46053",
])("%s is no date", (text) => expect(start(text)).toBe("unreadable"));

test("any ISO day is the same with dots, day first", () => {
  const day = fc.date({
    min: new Date("2000-01-01"),
    max: new Date("2100-12-31"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(day, (date) => {
      const iso = date.toISOString().slice(0, 10);
      expect(start(iso.split("-").reverse().join("."))).toBe(start(iso));
    }),
  );
});
