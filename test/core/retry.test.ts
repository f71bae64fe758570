import fc from "fast-check";
import { expect, test } from "vitest";
import { nextAttemptAt, triesWithin } from "#app/core/retry.ts";

const now = new Date("2026-11-23T10:00:00Z");
const SECOND = 1_000;
const HOUR = 3_600_000;

function waitAfter(attempts: number, random: number): number {
  return nextAttemptAt({ now, attempts, random }).getTime() - now.getTime();
}

const draws = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test("the longest draw doubles from 15 seconds to an hour", () => {
  const waits = [0, 1, 2, 7, 8, 20].map((attempts) => waitAfter(attempts, 0.999_999_999) / SECOND);
  expect(waits.map(Math.round)).toEqual([15, 30, 60, 1_920, 3_600, 3_600]);
});

test("every wait lies between 7.5 seconds and an hour", () => {
  fc.assert(
    fc.property(fc.nat(), draws, (attempts, random) => {
      const wait = waitAfter(attempts, random);
      expect(wait).toBeGreaterThanOrEqual(7.5 * SECOND);
      expect(wait).toBeLessThanOrEqual(HOUR);
    }),
  );
});

test("with the same luck a later attempt never waits less", () => {
  fc.assert(
    fc.property(fc.nat(50), draws, (attempts, random) => {
      expect(waitAfter(attempts + 1, random)).toBeGreaterThanOrEqual(waitAfter(attempts, random));
    }),
  );
});

test("what waits as long as it has waited comes again twice as late each time", () => {
  const tries = [0, 14, 15, 45, 105, 3_600].map((seconds) => triesWithin(seconds * SECOND));
  expect(tries).toEqual([0, 0, 1, 2, 3, 7]);
});

test("a time the other side named is kept to, and one that has come changes nothing", () => {
  fc.assert(
    fc.property(
      fc.nat(20),
      draws,
      fc.integer({ min: -HOUR, max: 5 * HOUR }),
      (attempts, random, ms) => {
        const notBefore = new Date(now.getTime() + ms);
        const at = nextAttemptAt({ now, attempts, random, notBefore }).getTime();
        const drawn = nextAttemptAt({ now, attempts, random }).getTime();
        expect(at).toBeGreaterThanOrEqual(notBefore.getTime());
        expect(at).toBe(ms >= 7.5 * SECOND ? notBefore.getTime() : drawn);
      },
    ),
  );
});
