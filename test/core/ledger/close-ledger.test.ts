import fc from "fast-check";
import { expect, test } from "vitest";
import { closedText, ledgerLine } from "#app/components/ledger/ledger-line.ts";
import { closeLedger } from "#app/core/ledger/read-ledger.ts";
import { EVERY_REASON } from "#test/core/given/every-reason.ts";

const anyRows = fc.array(
  fc.record({
    reason: fc.constantFrom(...EVERY_REASON),
    isDeleted: fc.boolean(),
    orders: fc.integer({ min: 0, max: 100_000 }),
  }),
);

test("property: the sum always closes, whatever is missing here or gone there", () => {
  fc.assert(
    fc.property(anyRows, fc.integer({ min: 0, max: 1_000_000 }), (rows, atShopify) => {
      const ledger = closeLedger(rows, { atShopify, unasked: null });
      const { reported, ignored, waiting, failed } = ledger.states;
      const sum = reported + ignored + waiting + failed;
      expect(ledger.here).toBe(sum);
      expect(sum + ledger.notHere - ledger.noLongerThere).toBe(atShopify);
      expect(Math.min(ledger.notHere, ledger.noLongerThere)).toBe(0);
      const all = rows.reduce((total, { orders }) => total + orders, 0);
      expect(ledger.here + ledger.deleted).toBe(all);
    }),
  );
});

test("the line tells the sum, with what is not here yet and what is gone", () => {
  const rows = [
    { reason: "credited" as const, isDeleted: false, orders: 1_200 },
    { reason: "no-code" as const, isDeleted: false, orders: 30 },
    { reason: "no-code" as const, isDeleted: true, orders: 2 },
  ];
  const line = (atShopify: number | null) =>
    ledgerLine({ ...closeLedger(rows, { atShopify, unasked: null }), fetching: 0 });
  const parts = "1,200 reported + 30 ignored + 0 waiting + 0 failed";
  expect(line(1_230)).toBe(`1,230 orders at Shopify = ${parts}.`);
  expect(line(1_233)).toBe(`1,233 orders at Shopify = ${parts} + 3 not here yet.`);
  expect(line(1_229)).toBe(`1,229 orders at Shopify = ${parts} − 1 no longer there.`);
  expect(line(null)).toBe(`1,230 orders here = ${parts}.`);
});

test("orders are accounted for only where all are read, and a check has compared them", () => {
  const checked = { state: "clean" as const, at: new Date("2026-11-25T21:55:00Z"), found: 0 };
  const clean = { fetching: 0, unreadable: 0, secondLooks: 0, check: checked, checkedAt: "21:55" };
  expect(closedText(clean)).toContain("is accounted for");
  expect(closedText({ ...clean, fetching: 2, unreadable: 1 })).toContain(
    "2 orders still being read",
  );
  expect(closedText({ ...clean, unreadable: 1 })).toContain("1 order here can’t be read");
  for (const other of [
    { secondLooks: 1 },
    { check: { ...checked, state: "found" as const, found: 1 } },
    { check: { state: "due" as const, at: null, found: 0 }, checkedAt: null },
    { check: { state: "beyond" as const, at: null, found: 0 }, checkedAt: null },
  ]) {
    expect(closedText({ ...clean, ...other })).toMatch(/^The counts agree/);
  }
});
