import { expect, test } from "vitest";
import { createCodeMaking } from "#app/adapters/code-making/code-making.ts";
import { exampleCodes } from "#app/core/codes/pattern/example-codes.ts";
import type { PartnerFacts } from "#app/core/codes/pattern/fill-pattern.ts";
import type { Pattern } from "#app/core/codes/pattern/pattern.ts";

const tools = createCodeMaking();

function partner(first: string): PartnerFacts {
  return { names: { first, last: null }, partnerId: "1", value: "15" };
}

const DRAWN: Pattern = { tokens: [{ kind: "first" }, { kind: "random", length: 4 }] };
const FIXED: Pattern = { tokens: [{ kind: "first" }, { kind: "value" }] };

test("ten different codes are shown, of all partners in turn", () => {
  const codes = exampleCodes(tools, {
    pattern: DRAWN,
    partners: [partner("ANNA"), partner("BEN")],
  });
  expect(new Set(codes).size).toBe(10);
  expect(codes.filter((code) => code.startsWith("ANNA"))).toHaveLength(5);
});

test("without random part each partner has one example", () => {
  const partners = ["ANNA", "BEN", "ANNA"].map(partner);
  expect(exampleCodes(tools, { pattern: FIXED, partners })).toEqual(["ANNA15", "BEN15"]);
});

test("without partners there is no example", () => {
  expect(exampleCodes(tools, { pattern: DRAWN, partners: [] })).toEqual([]);
});
