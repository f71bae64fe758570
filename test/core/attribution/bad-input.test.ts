import { expect, test } from "vitest";
import type { ClickCandidate, KnownCode } from "#app/core/attribution/attribution.ts";
import type { Click } from "#app/core/attribution/click.ts";
import { explainAttribution } from "#app/core/attribution/explain-attribution.ts";
import { FIRST_RULE, type ShopRule } from "#app/core/attribution/rule.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import { attributed, PLACED_AT } from "#test/core/given/attributed.ts";
import { BEN, CLEO, clickOf, KNOWN, outcomeText } from "./rule-table.ts";

const BY_CLICK: ShopRule = { ...FIRST_RULE, meeting: { kind: "code-without-click" } };

/** An order with Anna's code, by a rule under which any click that counts would win. */
function withClick(changes: Partial<Click>, rule = BY_CLICK) {
  const clicks = [{ ...clickOf(CLEO, 3), ...changes }];
  const shop = { scope: "shop" as const, rule, from: null };
  return attributed(["ANNA10"], KNOWN, { clicks, rules: { shop, overrides: [] } });
}

function clicksOf({ candidates }: ReturnType<typeof attributed>): ClickCandidate[] {
  return candidates.filter((candidate) => candidate.kind === "click");
}

test.each([
  ["empty", "", ""],
  ["of spaces", "  ", "  "],
  ["huge", "x".repeat(100_000), `${"x".repeat(60)}…`],
  ["binary", "\u0000\u0001\ud800", "???"],
])(
  "a click id that is %s is listed as no click id, and the code earns",
  (_what, clickId, shown) => {
    const attribution = withClick({ clickId });
    expect(outcomeText(attribution)).toBe("Anna");
    expect(clicksOf(attribution)).toMatchObject([{ clickId: shown, verdict: "malformed" }]);
    expect(explainAttribution(attribution)).toMatch(/can't be one of impact\.com's/);
  },
);

test.each(["unknown-there", "other-program", "partner-removed"] as const)(
  "a click of which impact.com says “%s” is listed with that, and the code earns",
  (refused) => {
    const attribution = withClick({ refused });
    expect(outcomeText(attribution)).toBe("Anna");
    expect(clicksOf(attribution)).toMatchObject([{ verdict: refused }]);
  },
);

test("a click as old as the days for which impact.com counts one still counts, one of a moment more does not", () => {
  const { clickedAt } = clickOf(CLEO, 30);
  expect(outcomeText(withClick({ clickedAt }))).toBe("Cleo (click)");
  const before = new Date((clickedAt?.getTime() ?? 0) - 1);
  const attribution = withClick({ clickedAt: before });
  expect(outcomeText(attribution)).toBe("Anna");
  expect(clicksOf(attribution)).toMatchObject([{ verdict: "too-old", partner: CLEO }]);
  expect(explainAttribution(attribution)).toContain(
    "A click of Cleo came earlier than 30 days before the order: impact.com counts it no more.",
  );
});

test("a contract of more days has a click count for longer, also where it is to be newer than many days", () => {
  const { clickedAt } = clickOf(CLEO, 40);
  const newer: ShopRule = { ...FIRST_RULE, meeting: { kind: "newer-click-wins", days: 60 } };
  expect(outcomeText(withClick({ clickedAt }, newer))).toBe("Anna");
  expect(outcomeText(withClick({ clickedAt }, { ...newer, clickDays: 45 }))).toBe("Cleo (click)");
});

test("a click that impact.com does not track is listed with that, and the code earns", () => {
  const attribution = withClick({ isUntracked: true });
  expect(outcomeText(attribution)).toBe("Anna");
  expect(clicksOf(attribution)).toMatchObject([{ verdict: "untracked" }]);
  expect(explainAttribution(attribution)).toContain(
    "A click of Cleo led to the order, but impact.com doesn't track clicks of a partner while one of their codes is registered as ALWAYS.",
  );
});

test("a click that impact.com does not track gives way to one that it does", () => {
  const clicks: Click[] = [
    { ...clickOf(BEN, 1), isUntracked: true },
    { ...clickOf(CLEO, 3), source: "landing" },
  ];
  const shop = { scope: "shop" as const, rule: BY_CLICK, from: null };
  const attribution = attributed(["ANNA10"], KNOWN, { clicks, rules: { shop, overrides: [] } });
  expect(outcomeText(attribution)).toBe("Cleo (click)");
});

test("a click that impact.com tells nothing of gives way to one that it tells of, whatever their sources", () => {
  const clicks: Click[] = [clickOf(null, 1), { ...clickOf(CLEO, 3), source: "pixel" }];
  const shop = { scope: "shop" as const, rule: BY_CLICK, from: null };
  const attribution = attributed(["ANNA10"], KNOWN, { clicks, rules: { shop, overrides: [] } });
  expect(outcomeText(attribution)).toBe("Cleo (click)");
  expect(clicksOf(attribution)).toMatchObject([{ verdict: "earns" }, { verdict: "other-click" }]);
});

test("a click alone that impact.com would pay nobody by is reported by no rule", () => {
  const shop = {
    scope: "shop" as const,
    rule: { ...FIRST_RULE, clickAlone: "report" as const },
    from: null,
  };
  for (const click of [clickOf(CLEO, 31), { ...clickOf(BEN, 3), isUntracked: true as const }]) {
    const attribution = attributed([], [], { clicks: [click], rules: { shop, overrides: [] } });
    expect(attribution).toMatchObject({ outcome: "nobody", because: "no-code" });
  }
});

test("a click dated after the order, by a clock that is ahead, counts as at the order", () => {
  const ahead = new Date(PLACED_AT.getTime() + 3_600_000);
  const rule: ShopRule = { ...FIRST_RULE, meeting: { kind: "newer-click-wins", days: 1 } };
  const attribution = withClick({ seenAt: ahead, clickedAt: null }, rule);
  expect(outcomeText(attribution)).toBe("Cleo (click)");
  expect(clicksOf(attribution)).toMatchObject([{ at: PLACED_AT }]);
});

test("impact.com's clock beats the storefront's", () => {
  const rule: ShopRule = { ...FIRST_RULE, meeting: { kind: "newer-click-wins", days: 7 } };
  const old = clickOf(CLEO, 30).clickedAt;
  expect(outcomeText(withClick({ seenAt: PLACED_AT, clickedAt: old }, rule))).toBe("Anna");
});

test("a click of exactly as many days is new enough, one of a moment more is not", () => {
  const rule: ShopRule = { ...FIRST_RULE, meeting: { kind: "newer-click-wins", days: 3 } };
  const { clickedAt } = clickOf(CLEO, 3);
  expect(outcomeText(withClick({ clickedAt }, rule))).toBe("Cleo (click)");
  const before = new Date((clickedAt?.getTime() ?? 0) - 1);
  expect(outcomeText(withClick({ clickedAt: before }, rule))).toBe("Anna");
});

test("a click whose time nobody tells never beats a code by being new", () => {
  const rule: ShopRule = { ...FIRST_RULE, meeting: { kind: "newer-click-wins", days: 365 } };
  const attribution = withClick({ seenAt: null, clickedAt: null }, rule);
  expect(outcomeText(attribution)).toBe("Anna");
  expect(attribution.candidates[0]).toMatchObject({ met: { how: "click-undated" } });
});

test("a click of which impact.com has not told whose it is takes nothing from a code, and the order says so", () => {
  const attribution = withClick({ partner: null });
  expect(outcomeText(attribution)).toBe("Anna");
  expect(attribution.candidates[0]).toMatchObject({ met: { how: "click-untold" } });
  expect(explainAttribution(attribution)).toContain("impact.com didn't tell whose click this was");
});

test("of several clicks the most trusted source counts, and of its clicks the newest", () => {
  const clicks: Click[] = [
    { ...clickOf(CLEO, 1), clickId: "landed", source: "landing" },
    { ...clickOf(CLEO, 9), clickId: "carted-first", source: "cart" },
    { ...clickOf(CLEO, 5), clickId: "carted-last", source: "cart" },
    { ...clickOf(CLEO, 2), clickId: "carted-first", source: "pixel" },
  ];
  const attribution = attributed([], [], { clicks });
  expect(clicksOf(attribution).map(({ clickId, verdict }) => [clickId, verdict])).toEqual([
    ["carted-last", "left-alone"],
    ["carted-first", "other-click"],
    ["landed", "other-click"],
  ]);
});

test("a hundred partners' codes on one order share it, a hundredth for each", () => {
  const known = Array.from({ length: 100 }, (_, index): KnownCode => {
    const partner = { partnerId: String(index) as PartnerId, name: `Partner ${index}` };
    return { code: `CODE${index}` as DiscountCode, partner, discountId: "summer" };
  });
  const rule: ShopRule = { ...FIRST_RULE, several: { kind: "split-evenly" } };
  const shop = { scope: "shop" as const, rule, from: null };
  const typed = known.map(({ code }) => code);
  const attribution = attributed(typed, known, { rules: { shop, overrides: [] } });
  if (attribution.outcome !== "credited") throw new Error(attribution.because);
  expect(attribution.shares.map(({ weight }) => weight)).toEqual(known.map(() => 1));
  expect(attribution.shares.at(-1)).toMatchObject({ key: "code-100" });
  expect(attributed(typed, known)).toMatchObject({ shares: [{ by: { code: "CODE0" } }] });
});
