import { expect, test } from "vitest";
import { createCodeMaking } from "#app/adapters/code-making/code-making.ts";
import { fillPattern, type PartnerFacts } from "#app/core/codes/pattern/fill-pattern.ts";
import { parsePattern } from "#app/core/codes/pattern/parse-pattern.ts";

const ANNA: PartnerFacts = {
  names: { first: "ANNA", last: "ABLE" },
  partnerId: "2047",
  value: "15",
};
const BOB = { ...ANNA, names: { first: "BOB", last: null } };
const FREE = { ...ANNA, value: "" };

/** What stands in a pattern, with “?” for what is drawn. */
function filled(text: string, facts: PartnerFacts): string {
  const use = { value: "15", partners: 1, codesEach: 1 };
  const parsed = parsePattern(text, use, createCodeMaking());
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  const pieces = fillPattern(parsed.value, facts);
  return pieces.map((p) => (p.kind === "fixed" ? p.text : "?".repeat(p.length))).join("");
}

test.each([
  ["{FIRST}{VALUE}-{RANDOM:4}", ANNA, "ANNA15-????"],
  ["{LAST}_{ID}", ANNA, "ABLE_2047"],
  ["{RANDOM:2}{FIRST}{RANDOM:2}", ANNA, "??ANNA??"],
  ["{FIRST}{LAST}", BOB, "BOB"],
  ["{LAST}{VALUE}", BOB, "BOB15"],
  ["{FIRST}-{LAST}-{RANDOM:3}", BOB, "BOB-???"],
  ["{FIRST}-{VALUE}-{RANDOM:3}", FREE, "ANNA-???"],
  ["{VALUE}-{FIRST}", FREE, "ANNA"],
  ["{VALUE}_-{RANDOM:3}", FREE, "???"],
  ["{FIRST}-{VALUE}", FREE, "ANNA"],
  ["{FIRST}-{VALUE}-{VALUE}-{RANDOM:3}", FREE, "ANNA-???"],
  ["{FIRST}--{RANDOM:3}", FREE, "ANNA--???"],
  ["{FIRST}{VALUE}-{RANDOM:3}", FREE, "ANNA-???"],
])("%s is filled from the partner (%#)", (text, facts, code) => {
  expect(filled(text, facts)).toBe(code);
});
