import fc from "fast-check";
import { expect, test } from "vitest";
import { halfOf, placeAfter, placeOf, type ActionPlace } from "#app/core/ledger/action-windows.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TO = new Date("2026-11-23T10:00:00Z");

/** The places that are read where windows longer than `mostMs` are refused. */
function walk(days: number, pages: number, mostMs = Infinity): ActionPlace[] {
  const run = { from: new Date(TO.getTime() - days * DAY_MS), to: TO, cursor: null };
  const places: ActionPlace[] = [];
  let cursor: string | null = null;
  do {
    const place = placeOf({ ...run, cursor }, "1000");
    if (!place) throw new Error("no place");
    const isRefused = place.to.getTime() - place.from.getTime() > mostMs;
    if (!isRefused) places.push(place);
    cursor = isRefused ? halfOf(place) : placeAfter(run, place, pages);
  } while (cursor);
  return places;
}

test("property: windows of 45 days at most cover the period without a gap, page by page", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 4 }), (days, pages) => {
      const places = walk(days, pages);
      const windows = places.filter(({ page }) => page === 1);
      expect(places.length).toBe(windows.length * Math.max(pages, 1));
      expect(windows[0]?.from.getTime()).toBe(TO.getTime() - days * DAY_MS);
      expect(windows.at(-1)?.to).toEqual(TO);
      for (const [i, { from, to }] of windows.entries()) {
        expect(to.getTime() - from.getTime()).toBeLessThanOrEqual(45 * DAY_MS);
        if (i > 0) expect(from).toEqual(windows[i - 1]?.to);
      }
    }),
  );
});

test("property: windows that hold too much are halved, and cover the period without a gap", () => {
  const hours = fc.integer({ min: 2, max: 45 * 24 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), hours, (days, most) => {
      const windows = walk(days, 1, most * HOUR_MS + 1);
      expect(windows[0]?.from.getTime()).toBe(TO.getTime() - days * DAY_MS);
      expect(windows.at(-1)?.to).toEqual(TO);
      for (const [i, { from, to }] of windows.entries()) {
        expect(to.getTime() - from.getTime()).toBeLessThanOrEqual(most * HOUR_MS + 1);
        if (i > 0) expect(from).toEqual(windows[i - 1]?.to);
      }
    }),
  );
});

test("no window is shorter than an hour", () => {
  const run = { from: new Date(TO.getTime() - 2 * HOUR_MS + 1), to: TO, cursor: null };
  const place = placeOf(run, "1000");
  expect(place && halfOf(place)).toBe(`1000/${run.from.getTime()}/${HOUR_MS}/1`);
  const shorter = placeOf({ ...run, from: new Date(TO.getTime() - 2 * HOUR_MS + 2) }, "1000");
  expect(shorter && halfOf(shorter)).toBeNull();
});

test("a run that was begun for another program has no place to go on", () => {
  const run = { from: new Date(0), to: TO, cursor: "1000/0/2" };
  expect(placeOf(run, "2000")).toBeNull();
  expect(placeOf(run, null)).toBeNull();
});
