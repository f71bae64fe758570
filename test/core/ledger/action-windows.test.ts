import fc from "fast-check";
import { expect, test } from "vitest";
import { placeAfter, placeOf, type ActionPlace } from "#app/core/ledger/action-windows.ts";

const DAY_MS = 86_400_000;
const TO = new Date("2026-11-23T10:00:00Z");

function walk(days: number, pagesOf: (window: number) => number): ActionPlace[] {
  const run = { from: new Date(TO.getTime() - days * DAY_MS), to: TO, cursor: null };
  const places: ActionPlace[] = [];
  let cursor: string | null = null;
  do {
    const place = placeOf({ ...run, cursor }, "1000");
    if (!place) throw new Error("no place");
    places.push(place);
    cursor = placeAfter(run, place, pagesOf(place.window));
  } while (cursor);
  return places;
}

test("property: windows of 45 days at most cover the period without a gap, page by page", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 4 }), (days, pages) => {
      const places = walk(days, () => pages);
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

test("a run that was begun for another program has no place to go on", () => {
  const run = { from: new Date(0), to: TO, cursor: "1000/0/2" };
  expect(placeOf(run, "2000")).toBeNull();
  expect(placeOf(run, null)).toBeNull();
});
