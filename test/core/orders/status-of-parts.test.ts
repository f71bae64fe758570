import { expect, test } from "vitest";
import type { Conversion } from "#app/core/conversions/conversion.ts";
import type { DiscountCode } from "#app/core/ids.ts";
import type { OrderReason } from "#app/core/orders/order-state.ts";
import { statusOfParts } from "#app/core/orders/status-of-parts.ts";

type Part = Pick<Conversion, "code" | "share" | "part" | "standing">;

function codes(reason: OrderReason, problem: string | null = null): Part {
  const part = { weights: [1, 1], position: 0 };
  return { code: "ANNA10" as DiscountCode, share: "code", part, standing: { reason, problem } };
}

function clicks(reason: OrderReason, problem: string | null = null): Part {
  const part = { weights: [1, 1], position: 1 };
  return { code: null, share: "click", part, standing: { reason, problem } };
}

test("an order is credited when all of its parts are, and needs no sentence beyond that", () => {
  expect(statusOfParts([codes("credited"), clicks("credited")])).toEqual({
    ...{ state: "reported", reason: "credited", problem: null },
  });
});

test("it waits while any part does", () => {
  expect(statusOfParts([codes("credited"), clicks("outcome-pending")])).toMatchObject({
    ...{ state: "waiting", reason: "outcome-pending" },
    problem: "ANNA10's part is credited. The click's part is with impact.com.",
  });
});

test("a part that a code took over from a refused click is told apart from the code's own", () => {
  const takenOver = { ...clicks("to-send"), code: "ANNA10" as DiscountCode };
  expect(statusOfParts([codes("credited"), takenOver]).problem).toBe(
    "ANNA10's part is credited. ANNA10's part taken over from the click is about to be sent.",
  );
});

test("it has failed where any part has, whatever the other waits for, and the sentence names which", () => {
  expect(
    statusOfParts([clicks("not-credited", "No contract."), codes("code-not-registered")]),
  ).toEqual({
    ...{ state: "failed", reason: "not-credited" },
    problem:
      "ANNA10's part waits until the code is registered at impact.com. The click's part was credited to nobody. No contract.",
  });
});

test("of two that failed the one that can be tried again gives the reason", () => {
  expect(statusOfParts([codes("locked"), clicks("refused")]).reason).toBe("refused");
  expect(statusOfParts([codes("credited-to-another"), clicks("not-adjusted")]).reason).toBe(
    "not-adjusted",
  );
});

test("one part adjusted and one as sent is an order that was adjusted", () => {
  expect(statusOfParts([codes("credited"), clicks("adjusted")])).toMatchObject({
    ...{ state: "reported", reason: "adjusted" },
  });
});

test("parts that have the same problem are named all the same", () => {
  const { problem } = statusOfParts([codes("refused", "Why."), clicks("refused", "Why.")]);
  expect(problem).toBe(
    "ANNA10's part was refused by impact.com. Why. The click's part was refused by impact.com. Why.",
  );
});
