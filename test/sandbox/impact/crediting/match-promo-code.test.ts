import { expect, test } from "vitest";
import { matchPromoCode } from "./match-promo-code.ts";

const startsAt = new Date("2026-03-01T00:00:00Z");
const at = new Date("2026-03-05T00:00:00Z");
const exact = { code: "ANNA10", type: "LI", startsAt, endsAt: null } as const;
const family = { code: "ANNA-[A-Z0-9]{4}", type: "RE", startsAt, endsAt: null } as const;

test("by the API page an exact code is matched as recorded and an expression in any case", () => {
  expect(matchPromoCode("ANNA10", at, [exact], "api-page")).toBe(exact);
  expect(matchPromoCode("anna10", at, [exact], "api-page")).toBeNull();
  expect(matchPromoCode(" anna-x1y2", at, [family], "api-page")).toBe(family);
});

test("by the help page an exact code is matched in any case and an expression is not", () => {
  expect(matchPromoCode("anna10", at, [exact], "help-page")).toBe(exact);
  expect(matchPromoCode("anna-x1y2", at, [family], "help-page")).toBeNull();
});

test("an expression matches the whole code only", () => {
  expect(matchPromoCode("ANNA-X1Y2", at, [family], "api-page")).toBe(family);
  expect(matchPromoCode("ANNA-X1Y2Z", at, [family], "api-page")).toBeNull();
  expect(matchPromoCode("MYANNA-X1Y2", at, [family], "help-page")).toBeNull();
});

test("an exact code comes before an expression, or after it by the other reading", () => {
  const all = { ...family, code: ".*" };
  expect(matchPromoCode("ANNA10", at, [all, exact], "api-page")).toBe(exact);
  const otherwise = "expression first";
  expect(matchPromoCode("ANNA10", at, [all, exact], "api-page", otherwise)).toBe(all);
  expect(matchPromoCode("ANNA10", at, [exact], "api-page", otherwise)).toBe(exact);
});

test("a code counts from its start until just before its end", () => {
  const endsAt = new Date("2026-03-05T00:00:00Z");
  const ended = { ...exact, endsAt };
  expect(matchPromoCode("ANNA10", startsAt, [ended], "api-page")).toBe(ended);
  expect(matchPromoCode("ANNA10", endsAt, [ended], "api-page")).toBeNull();
  const before = new Date(startsAt.getTime() - 1);
  expect(matchPromoCode("ANNA10", before, [ended], "api-page")).toBeNull();
});
