import { expect, test } from "vitest";
import type { BatchPart } from "#app/core/batches/batch.ts";
import { createLookTimes } from "#app/core/batches/look-times.ts";

const START = Date.parse("2026-11-25T10:00:00Z");
const at = (ms: number) => new Date(START + ms);

function askedAt(ms: number, number = 1): BatchPart {
  const asked = { state: "asked", bulkCreationId: "gid://shopify/X/1", tried: true } as const;
  return { batchId: "batch", number, ...asked, askedAt: at(ms) };
}

test("a part is first looked at half a second after it was asked for", () => {
  const looks = createLookTimes();
  expect(looks.isDue(askedAt(0), at(499))).toBe(false);
  expect(looks.isDue(askedAt(0), at(500))).toBe(true);
});

test("once it is known how long Shopify takes, parts are looked at then, and a little sooner each time", () => {
  const looks = createLookTimes();
  looks.noteOpen(askedAt(0), at(1_500));
  looks.noteDone(askedAt(0), at(2_000));
  expect(looks.untilDue([askedAt(3_000)], at(3_000))).toBe(1_960);
  looks.noteDone(askedAt(3_000), at(4_960));
  expect(looks.untilDue([askedAt(5_000)], at(5_000))).toBeCloseTo(1_920.8);
});

test("a look that came late says nothing of how long Shopify took", () => {
  const looks = createLookTimes();
  looks.noteOpen(askedAt(0), at(900));
  looks.noteDone(askedAt(0), at(1_000));
  looks.noteDone(askedAt(100, 2), at(9_000));
  expect(looks.untilDue([askedAt(9_000)], at(9_000))).toBeCloseTo(960.4);
});

test("a part that is not done is looked at ever more seldom", () => {
  const looks = createLookTimes();
  const part = askedAt(0);
  const gaps = [];
  for (let now = 512; gaps.length < 5;) {
    looks.noteOpen(part, at(now));
    const gap = looks.untilDue([part], at(now));
    gaps.push(gap);
    now += gap;
  }
  expect(gaps).toEqual([256, 384, 576, 864, 1_296]);
});

test("the soonest of several parts is the one that is waited for", () => {
  const looks = createLookTimes();
  expect(looks.untilDue([askedAt(400, 1), askedAt(100, 2)], at(500))).toBe(100);
});
