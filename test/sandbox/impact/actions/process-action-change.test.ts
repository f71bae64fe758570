import { expect, test } from "vitest";
import { acme, conversionForm } from "../acme.ts";
import type { Acme } from "../acme.ts";
import { addContract } from "../create-state.ts";
import { days } from "../days.ts";
import type { Rules } from "../rules.ts";
import { queueSubmission } from "../submissions/queue-submission.ts";
import { settleSubmissions } from "../submissions/settle-submissions.ts";
import { actionsOf, whoWasPaid } from "../who-was-paid.ts";

const byOrder = { ActionTrackerId: "4000", OrderId: "5500001" };
const update = { ...byOrder, Reason: "ORDER_UPDATE" };

function send(
  world: Acme,
  type: "Conversion" | "Modification" | "Reversal",
  form: URLSearchParams,
) {
  const submission = queueSubmission(world.state, world.account, type, form);
  settleSubmissions(world.state);
  return submission.outcome === null ? "done" : submission.outcome?.reasons.join(" ");
}

const modify = (world: Acme, fields: Record<string, string>) =>
  send(world, "Modification", new URLSearchParams({ ...update, ...fields }));

const reverse = (world: Acme, fields: Record<string, string> = byOrder) =>
  send(world, "Reversal", new URLSearchParams({ ...fields, DispositionCode: "ITEM_RETURNED" }));

/** Order 5500001 credited to partner 10000: caps for 50.00, socks for 10.00, at 10 %. */
function credited(rules: Partial<Rules> = {}): Acme {
  const world = acme(rules);
  send(world, "Conversion", conversionForm({ MediaId: "10000" }));
  return world;
}

const paid = (world: Acme) => whoWasPaid(world.state, "5500001");

test("the payout is the contract's percentage of each item", () => {
  expect(paid(credited())).toMatchObject({
    partnerId: "10000",
    amountMinor: 6000,
    payoutMinor: 600,
    currency: "USD",
    state: "PENDING",
    items: [
      { sku: "CAP", quantity: 2, amountMinor: 5000, payoutMinor: 500 },
      { sku: "SOCK", quantity: 1, amountMinor: 1000, payoutMinor: 100 },
    ],
  });
});

test("an item's new quantity is absolute and its amount follows", () => {
  const world = credited();
  expect(modify(world, { Sku: "CAP", Quantity: "1" })).toBe("done");
  expect(paid(world)).toMatchObject({ amountMinor: 3500, payoutMinor: 350, state: "PENDING" });
  expect(modify(world, { Sku: "CAP", Quantity: "1" })).toBe("done");
  expect(paid(world)).toMatchObject({ amountMinor: 3500 });
});

test("several items are changed in one request", () => {
  const world = credited();
  modify(world, { Sku: "CAP", Quantity: "1", Sku2: "SOCK", Quantity2: "0" });
  expect(paid(world)).toMatchObject({ amountMinor: 2500, payoutMinor: 250 });
});

test("an item's amount can be set or changed by a delta", () => {
  const world = credited();
  modify(world, { Sku: "CAP", Amount: "40.00" });
  expect(paid(world)).toMatchObject({ amountMinor: 5000 });
  modify(world, { Sku: "CAP", ItemSubTotalDelta: "-5.00" });
  expect(paid(world)).toMatchObject({ amountMinor: 4500, payoutMinor: 450 });
});

test("an order's new total is spread over its items", () => {
  const world = credited();
  modify(world, { Amount: "30.00" });
  expect(paid(world)).toMatchObject({
    amountMinor: 3000,
    items: [{ amountMinor: 2500 }, { amountMinor: 500 }],
  });
});

test("amount 0, or no unit left of any item, reverses the action", () => {
  const byAmount = credited();
  modify(byAmount, { Amount: "0" });
  expect(paid(byAmount)).toMatchObject({ state: "REVERSED", payoutMinor: 0 });
  const byItems = credited();
  modify(byItems, { Sku: "CAP", Quantity: "0", Sku2: "SOCK", Quantity2: "0" });
  expect(paid(byItems)).toMatchObject({ state: "REVERSED", amountMinor: 0 });
});

test("a SKU that the action does not have is refused, and nothing changes", () => {
  const world = credited();
  expect(modify(world, { Sku: "CAP", Quantity: "1", Sku2: "HAT", Quantity2: "1" })).toBe("NO_ITEM");
  expect(paid(world)).toMatchObject({ amountMinor: 6000 });
});

test("a modification pays by the contract live at its own time", () => {
  const world = credited();
  for (const contract of world.account.contracts)
    contract.endsAt = new Date("2026-03-11T00:00:00Z");
  const startsAt = new Date("2026-03-11T00:00:00Z");
  const terms = { programId: "1000", payoutPercent: "5", startsAt, state: "ACTIVE" } as const;
  addContract(world.account, "10000", terms);
  world.wait(days(2));
  modify(world, { Sku: "SOCK", Quantity: "0" });
  expect(paid(world)).toMatchObject({ amountMinor: 5000, payoutMinor: 250 });
});

test("a reversal pays nothing and cannot be repeated", () => {
  const world = credited();
  expect(reverse(world)).toBe("done");
  expect(paid(world)).toMatchObject({ state: "REVERSED", amountMinor: 0, payoutMinor: 0 });
  expect(reverse(world)).toBe("NO_VALID_ACTION_REF");
  expect(modify(world, { Amount: "5.00" })).toBe("NO_VALID_ACTION_REF");
});

test("an order that nobody was credited for has no action to change", () => {
  const world = acme();
  send(world, "Conversion", conversionForm());
  expect(reverse(world)).toBe("ACTION_REF_NOT_FOUND");
  expect(paid(world)).toMatchObject({ unpaid: "ACTION_REF_NOT_FOUND" });
});

test("an action is approved at its locking date and can no longer be changed", () => {
  const world = credited();
  expect(actionsOf(world.state)[0]?.lockingDate).toEqual(new Date("2026-04-06T00:00:00Z"));
  world.wait(days(27));
  expect(paid(world)).toMatchObject({ state: "APPROVED", payoutMinor: 600 });
  expect(reverse(world)).toBe("NO_VALID_ACTION_REF");
  expect(modify(world, { Amount: "0" })).toBe("NO_VALID_ACTION_REF");
  expect(paid(world)).toMatchObject({ state: "APPROVED", payoutMinor: 600 });
});

test("the 1,001st modification is refused", () => {
  const world = credited();
  for (let i = 0; i < 1000; i += 1) modify(world, { Sku: "CAP", Quantity: String(1 + (i % 2)) });
  expect(modify(world, { Sku: "CAP", Quantity: "1" })).toBe("NO_VALID_ACTION_REF");
  expect(paid(world)).toMatchObject({ amountMinor: 6000 });
});

test("the same order again is a duplicate within the event type's window, and an action after it", () => {
  const world = credited();
  const again = () => send(world, "Conversion", conversionForm({ MediaId: "10000" }));
  expect(again()).toBe("CONV_DUPLICATE");
  world.wait(days(30) - 1);
  expect(again()).toBe("CONV_DUPLICATE");
  world.wait(1);
  expect(again()).toBe("done");
  expect(actionsOf(world.state, "5500001")).toHaveLength(2);
});

test("twenty equal conversions queued at once make one action", () => {
  const world = acme({ submissionDelayMs: 1000 });
  for (let i = 0; i < 20; i += 1)
    queueSubmission(world.state, world.account, "Conversion", conversionForm({ MediaId: "10001" }));
  expect(paid(world)).toMatchObject({ unpaid: "QUEUED" });
  world.wait(1000);
  expect(actionsOf(world.state, "5500001")).toHaveLength(1);
  expect(paid(world)).toMatchObject({ partnerId: "10001" });
});

test("of several actions for one order a reversal hits the newest, or all by the other reading", () => {
  for (const [actionsByOrderId, left] of [["newest", 1] as const, ["all", 0] as const]) {
    const world = credited({ actionsByOrderId });
    world.wait(days(5));
    for (const program of world.account.programs)
      for (const eventType of program.eventTypes) eventType.dedupeDays = 1;
    send(world, "Conversion", conversionForm({ MediaId: "10000" }));
    reverse(world);
    expect(actionsOf(world.state).filter((action) => !action.reversed)).toHaveLength(left);
  }
});

test("an order never reported is told apart from one nobody earned", () => {
  expect(paid(acme())).toMatchObject({ unpaid: "NEVER REPORTED" });
});
