import { expect, test } from "vitest";
import { readRateLimit } from "#app/adapters/impact/rate-limit-headers.ts";

const now = new Date("2026-11-23T10:00:00Z");
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const EPOCH = `${inSeconds(900).getTime() / 1_000}`;

test.each([
  [
    "the brand API's spelling, with an epoch",
    { "X-RateLimit-Limit": "1000", "X-RateLimit-Remaining": "999", "X-RateLimit-Reset": EPOCH },
  ],
  [
    "the brand API's spelling, with seconds",
    { "X-RateLimit-Limit": "1000", "X-RateLimit-Remaining": "999", "X-RateLimit-Reset": "900" },
  ],
  [
    "the partner API's spelling",
    {
      "X-RateLimit-Limit-hour": "1000",
      "X-RateLimit-Remaining-hour": "999",
      "RateLimit-Reset": "900",
    },
  ],
  [
    "the partner API's spelling with Retry-After alone",
    { "X-RateLimit-Limit-hour": "1000", "X-RateLimit-Remaining-hour": "999", "Retry-After": "900" },
  ],
  [
    "spaces around the numbers",
    {
      "X-RateLimit-Limit": " 1000 ",
      "X-RateLimit-Remaining": " 999",
      "RateLimit-Reset": `${EPOCH} `,
    },
  ],
])("%s is understood", (_what, headers) => {
  expect(readRateLimit(new Headers(headers), now)).toEqual({
    perHour: 1_000,
    remaining: 999,
    resetsAt: inSeconds(900),
  });
});

test("what an answer leaves out is unknown, and nothing at all is no limit", () => {
  expect(readRateLimit(new Headers({ "X-RateLimit-Remaining": "0" }), now)).toEqual({
    perHour: null,
    remaining: 0,
    resetsAt: null,
  });
  expect(readRateLimit(new Headers(), now)).toBeNull();
});

test.each(["soon", "-5", "1.5", "", "Wed, 21 Oct 2026 07:28:00 GMT"])(
  "“%s” is no number",
  (text) => {
    expect(readRateLimit(new Headers({ "X-RateLimit-Reset": text }), now)).toBeNull();
  },
);

test("no time left is now", () => {
  expect(readRateLimit(new Headers({ "X-RateLimit-Reset": "0" }), now)?.resetsAt).toEqual(now);
});
