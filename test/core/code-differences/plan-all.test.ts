import { expect, test } from "vitest";
import { DIFFERENCE_KINDS } from "#app/core/code-differences/code-difference.ts";
import { planAll } from "#app/core/code-differences/plan-all.ts";
import { REPAIRS } from "#app/core/code-differences/repairs.ts";

test("repairing all of a kind says what happens on at least one side, whatever the repair", () => {
  const silent = REPAIRS.flatMap((repair) =>
    DIFFERENCE_KINDS.filter((kind) => {
      const { inShopify, atImpact, here } = planAll(repair, kind);
      return inShopify === null && atImpact === null && here === null;
    }),
  );
  expect(silent).toEqual([]);
});

test("whatever removes, retires or ends for good says that it can't be undone", () => {
  const final = REPAIRS.filter((repair) => planAll(repair, "only-in-shopify").final !== null);
  expect(final).toEqual([
    "remove-from-shopify",
    "end-at-impact",
    "take-over",
    "match-end",
    "match-terms",
    "follow-discount",
    "retire",
  ]);
});
