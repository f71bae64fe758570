import fc from "fast-check";
import { expect, test } from "vitest";
import { selectionFields, selectionIn } from "#app/components/codes/code-query.ts";
import { EVERY_CODE, type CodeSelection } from "#app/core/codes/code-selection.ts";
import type { PartnerId } from "#app/core/ids.ts";

const selectionOf = (address: string) => selectionIn(new URLSearchParams(address));
const NOTHING = { kind: "picked", codeIds: [] };

const SELECTIONS: fc.Arbitrary<CodeSelection> = fc.oneof(
  fc.array(fc.uuid(), { maxLength: 5 }).map((codeIds) => ({ kind: "picked" as const, codeIds })),
  fc
    .record({
      partnerId: fc.option(fc.constantFrom("10001" as PartnerId, "none" as const)),
      shopifyState: fc.option(fc.constantFrom("live" as const, "retired" as const)),
      discountId: fc.option(fc.uuid()),
    })
    .map((some) => ({ kind: "matching" as const, filter: { ...EVERY_CODE, ...some } })),
);

test("an address says the selection it was made of, nothing and everything among them", () => {
  fc.assert(
    fc.property(SELECTIONS, (selection) => {
      expect(selectionIn(selectionFields(selection))).toEqual(selection);
    }),
  );
});

test.each(["", "action=retire", "discount=nonsense", "shopify=", "all=", "id="])(
  "an address that names no codes (%s) selects none",
  (address) => {
    expect(selectionOf(address)).toEqual(NOTHING);
  },
);

test("every code is selected where that is asked for", () => {
  expect(selectionOf("all=1")).toEqual({ kind: "matching", filter: EVERY_CODE });
});
