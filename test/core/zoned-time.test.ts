import { expect, test } from "vitest";
import { zonedIso } from "#app/core/zoned-time.ts";

test.each([
  ["America/New_York", "2026-11-22T19:00:05-05:00"],
  ["Asia/Kolkata", "2026-11-23T05:30:05+05:30"],
  ["Europe/London", "2026-11-23T00:00:05+00:00"],
])("an instant in %s carries that zone's offset", (timeZone, text) => {
  const at = new Date("2026-11-23T00:00:05Z");
  expect(zonedIso(at, timeZone)).toBe(text);
  expect(new Date(text)).toEqual(at);
});
