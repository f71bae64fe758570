import { expect, test } from "vitest";
import { explainNotPayable } from "#app/core/attribution/explain-attribution.ts";
import { refusalOfClick } from "#app/core/conversions/pass-on-refused.ts";
import type { DiscountCode } from "#app/core/ids.ts";

const BY_CLICK = { code: null, clickId: "click-1" };

test.each(["OUTSIDE_ASSOCIATION_WINDOW", "MAX_RECURRENCES_REACHED", "REFTYPE_NOT_ACCEPTED"])(
  "%s is about the click alone: the codes on its order may be paid",
  (reason) => {
    expect(refusalOfClick(BY_CLICK, [reason])).toBe(reason);
    expect(refusalOfClick({ ...BY_CLICK, code: "ANNA10" as DiscountCode }, [reason])).toBeNull();
    expect(explainNotPayable(reason)).toMatch(/would not pay it: (its partner|the order came)/);
  },
);

test("what would be refused of a code just so is not passed on", () => {
  expect(refusalOfClick(BY_CLICK, ["BLACKLISTED_SOURCE_IP"])).toBeNull();
  expect(refusalOfClick(BY_CLICK, ["CONTRACT_NOT_FOUND", "ACTIONTRACKER_NOT_ACTIVE"])).toBeNull();
});
