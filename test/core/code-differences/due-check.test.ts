import { expect, test } from "vitest";
import { isCheckDue } from "#app/core/code-differences/due-check.ts";

const AUCKLAND = "Pacific/Auckland";
/** Two in the morning of 24 November in Auckland. */
const NIGHT = new Date("2026-11-23T13:00:00Z");
const NOON = new Date("2026-11-23T23:00:00Z");
const hoursBefore = (at: Date, hours: number) => ({
  startedAt: new Date(at.getTime() - hours * 3_600_000),
});

test("codes are compared once in each night of the shop's own", () => {
  expect(isCheckDue(null, AUCKLAND, NIGHT)).toBe(true);
  expect(isCheckDue(hoursBefore(NIGHT, 23), AUCKLAND, NIGHT)).toBe(true);
  expect(isCheckDue(hoursBefore(NIGHT, 2), AUCKLAND, NIGHT)).toBe(false);
});

test("by day nothing is due, unless a night was missed", () => {
  expect(isCheckDue(null, AUCKLAND, NOON)).toBe(false);
  expect(isCheckDue(hoursBefore(NOON, 24), AUCKLAND, NOON)).toBe(false);
  expect(isCheckDue(hoursBefore(NOON, 37), AUCKLAND, NOON)).toBe(true);
});

test("the same moment is night in one shop and day in another", () => {
  expect(isCheckDue(null, "America/New_York", NIGHT)).toBe(false);
});
