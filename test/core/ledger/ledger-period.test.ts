import fc from "fast-check";
import { expect, test } from "vitest";
import { dayAt, isDay, ledgerPeriod, startOfDay } from "#app/core/ledger/ledger-period.ts";

const NOW = new Date("2026-11-23T10:00:00Z");

test("today is the shop's day, not London's", () => {
  expect(ledgerPeriod({ days: 1 }, NOW, "Pacific/Auckland")).toMatchObject({
    from: new Date("2026-11-22T11:00:00Z"),
    to: new Date("2026-11-23T11:00:00Z"),
    firstDay: "2026-11-23",
  });
  expect(ledgerPeriod({ days: 1 }, NOW, "America/New_York").from).toEqual(
    new Date("2026-11-23T05:00:00Z"),
  );
});

test("seven days are today and the six before, also where clocks were changed in between", () => {
  const afterChange = new Date("2026-11-04T15:00:00Z");
  expect(ledgerPeriod({ days: 7 }, afterChange, "America/New_York")).toMatchObject({
    firstDay: "2026-10-29",
    lastDay: "2026-11-04",
    from: new Date("2026-10-29T04:00:00Z"),
    to: new Date("2026-11-05T05:00:00Z"),
  });
});

test("both days of a typed period are part of it, in either order", () => {
  const period = ledgerPeriod({ firstDay: "2026-11-03", lastDay: "2026-11-01" }, NOW, "UTC");
  expect(period).toMatchObject({
    from: new Date("2026-11-01T00:00:00Z"),
    to: new Date("2026-11-04T00:00:00Z"),
    days: null,
  });
});

test("a day on which clocks skip midnight begins at one o'clock", () => {
  expect(startOfDay("2026-09-06", "America/Santiago")).toEqual(new Date("2026-09-06T04:00:00Z"));
});

test("what is no day is told from one", () => {
  const texts = ["2026-11-31", "2026-1-1", "1026-01-01", "nonsense", "2026-02-29", ""];
  expect(texts.filter(isDay)).toEqual([]);
  expect(isDay("2028-02-29")).toBe(true);
});

test("property: a day's first instant is that day, and the one before is not", () => {
  const zones = fc.constantFrom(
    "UTC",
    "America/New_York",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "Pacific/Niue",
    "America/Santiago",
    "Asia/Beirut",
    "Australia/Lord_Howe",
  );
  const days = fc
    .date({ min: new Date("2024-01-01"), max: new Date("2030-01-01"), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10));
  fc.assert(
    fc.property(days, zones, (day, zone) => {
      const start = startOfDay(day, zone).getTime();
      expect(dayAt(new Date(start), zone)).toBe(day);
      expect(dayAt(new Date(start - 1), zone) < day).toBe(true);
    }),
  );
});
