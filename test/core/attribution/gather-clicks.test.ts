import fc from "fast-check";
import { expect, test } from "vitest";
import { isClickId } from "#app/core/attribution/click.ts";
import { gatherClicks, type ToldClick } from "#app/core/attribution/gather-clicks.ts";

const told = (source: ToldClick["source"], clickId: string): ToldClick => ({
  clickId,
  source,
  seenAt: null,
});

test("the cart is trusted before the pixel, and the pixel before the landing page", () => {
  const clicks = gatherClicks([told("landing", "c"), told("pixel", "b"), told("cart", "a")]);
  expect(clicks.map(({ clickId }) => clickId)).toEqual(["a", "b", "c"]);
});

test("one id from several places is one click, by its most trusted source", () => {
  const clicks = gatherClicks([told("landing", "same"), told("cart", "same")]);
  expect(clicks).toEqual([told("cart", "same")]);
});

test("an empty click id is none: so a cart says that its visitor has declined", () => {
  expect(gatherClicks([told("cart", ""), told("landing", "good")])).toEqual([
    told("landing", "good"),
  ]);
});

test.each([
  ["longer than impact.com takes", "x".repeat(100_000), `${"x".repeat(60)}…`],
  ["of spaces", "  ", "  "],
  ["with a space", "a b", "a b"],
  ["binary", "\u0000\u0001\ud800", "\ufffd\ufffd\ufffd"],
  ["beyond ASCII", "Klick-ä", "Klick-\ufffd"],
])(
  "a click id that is %s is kept after the others, as much as can be shown, and can't be taken for one",
  (_what, clickId, kept) => {
    expect(isClickId(clickId)).toBe(false);
    expect(isClickId(kept)).toBe(false);
    expect(gatherClicks([told("cart", clickId), told("landing", "good")])).toEqual([
      told("landing", "good"),
      told("cart", kept),
    ]);
  },
);

test("whatever is told, there are five clicks at most, each id once, and those that can earn come first", () => {
  const source = fc.constantFrom("cart" as const, "pixel" as const, "landing" as const);
  const clickId = fc.oneof(fc.string(), fc.constantFrom("a", "b", "c", "d", "e", "f", "g"));
  fc.assert(
    fc.property(fc.array(fc.record({ source, clickId, seenAt: fc.constant(null) })), (all) => {
      const clicks = gatherClicks(all);
      const ids = clicks.map((click) => click.clickId);
      expect(ids.length).toBeLessThanOrEqual(5);
      expect(new Set(ids).size).toBe(ids.length);
      const good = new Set(all.map((one) => one.clickId).filter(isClickId));
      expect(ids.filter(isClickId).length).toBe(Math.min(5, good.size));
      expect(ids.map(isClickId)).toEqual(
        ids.map(isClickId).toSorted((a, b) => Number(b) - Number(a)),
      );
      expect(gatherClicks(clicks)).toEqual(clicks);
    }),
  );
});
