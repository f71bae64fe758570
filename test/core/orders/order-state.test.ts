import { expect, test } from "vitest";
import { statusFor, type OrderState } from "#app/core/orders/order-state.ts";
import { EVERY_REASON } from "#test/core/given/every-reason.ts";

test("every reason belongs to one of the four states", () => {
  const inState = (state: OrderState) =>
    EVERY_REASON.filter((reason) => statusFor(reason).state === state);
  const states = ["reported", "ignored", "waiting", "failed"] as const;
  expect(Object.fromEntries(states.map((state) => [state, inState(state)]))).toEqual({
    reported: ["credited", "adjusted", "reversed"],
    ignored: [
      "no-code",
      "not-a-partner-code",
      "not-assigned-then",
      "left-to-click",
      "test-order",
      "cancelled",
      "never-paid",
      "refunded-before-report",
      "gift-cards-only",
      "deleted",
      "credited-there",
    ],
    waiting: [
      "not-paid",
      "not-connected",
      "code-not-registered",
      "click-pending",
      "to-send",
      "trying-again",
      "outcome-pending",
      "adjusting",
    ],
    failed: [
      "not-credited",
      "credited-to-another",
      "refused",
      "too-late",
      "broke-off",
      "unreadable",
      "not-adjusted",
      "locked",
    ],
  });
});

test("a status keeps the reason it was made for", () => {
  for (const reason of EVERY_REASON) expect(statusFor(reason).reason).toBe(reason);
});
