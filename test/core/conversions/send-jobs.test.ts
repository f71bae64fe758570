import fc from "fast-check";
import { expect, test } from "vitest";
import { toCheckJobs } from "#app/core/conversions/check-jobs.ts";
import { reportingEndsAt } from "#app/core/conversions/reporting-limit.ts";
import { SENT_TOGETHER, toSendJobs } from "#app/core/conversions/send-jobs.ts";
import type { ShopDomain } from "#app/core/ids.ts";

const shop = "tea-house.myshopify.com" as ShopDomain;
const HOUR_MS = 3_600_000;
const LATER = new Date("2026-11-23T12:00:00Z");

const someConversions = fc
  .array(
    fc.record({
      hours: fc.integer({ min: 0, max: 5 }),
      startAfter: fc.constantFrom(undefined, LATER, new Date(LATER.getTime() + 1_000)),
    }),
    { maxLength: 150 },
  )
  .map((all) =>
    all.map(({ hours, startAfter }, index) => ({
      id: `${index}`,
      eventAt: new Date(Date.UTC(2026, 10, 20) + hours * (HOUR_MS / 2)),
      startAfter,
    })),
  );

test("every conversion is in one job: due when it is, and with no nearer deadline than an hour before its own", () => {
  fc.assert(
    fc.property(someConversions, (conversions) => {
      const jobs = toSendJobs(shop, conversions);
      const byId = new Map(conversions.map((one) => [one.id, one]));
      for (const { payload, options } of jobs) {
        expect(payload.conversionIds.length).toBeLessThanOrEqual(SENT_TOGETHER);
        for (const id of payload.conversionIds) {
          const one = byId.get(id);
          byId.delete(id);
          expect(options.startAfter).toEqual(one?.startAfter);
          const own = reportingEndsAt(one?.eventAt ?? new Date(0)).getTime();
          const early = own - (options.deadline?.getTime() ?? 0);
          expect(early).toBeGreaterThanOrEqual(0);
          expect(early).toBeLessThanOrEqual(HOUR_MS);
        }
      }
      expect(byId.size).toBe(0);
    }),
  );
});

test("submissions that are due at one time are asked about in one job, a thousand at most", () => {
  const checks = Array.from({ length: 2_050 }, (_, index) => ({
    submissionId: `${index}`,
    startAfter: new Date(LATER.getTime() + (index % 2) * 1_000),
  }));
  const jobs = toCheckJobs(shop, checks);
  expect(jobs.map(({ payload }) => payload.submissionIds.length)).toEqual([1_000, 25, 1_000, 25]);
});
