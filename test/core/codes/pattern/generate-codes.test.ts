import fc from "fast-check";
import { expect, test } from "vitest";
import { createCodeMaking } from "#app/adapters/code-making/code-making.ts";
import { readsUnwanted } from "#app/adapters/code-making/screen-words.ts";
import { parseCode } from "#app/core/codes/code-text.ts";
import { ALPHABET } from "#app/core/codes/pattern/alphabet.ts";
import { codeNamesOf } from "#app/core/codes/pattern/code-names.ts";
import { fillPattern, type PartnerFacts } from "#app/core/codes/pattern/fill-pattern.ts";
import { generateCodes, type CodesWanted } from "#app/core/codes/pattern/generate-codes.ts";
import type { Pattern, PatternToken } from "#app/core/codes/pattern/pattern.ts";
import { seededBytes } from "#test/support/seeded-bytes.ts";

const ANNA: PartnerFacts = {
  names: { first: "ANNA", last: "ABLE" },
  partnerId: "2047",
  value: "15",
};
const [FIRST, VALUE, DASH] = [
  { kind: "first" },
  { kind: "value" },
  { kind: "text", text: "-" },
] as const satisfies PatternToken[];

function patternOf(...tokens: PatternToken[]): Pattern {
  return { tokens };
}

function random(length: number): PatternToken {
  return { kind: "random", length };
}

function generate(wanted: Partial<CodesWanted>, tools = createCodeMaking(seededBytes(3))) {
  const pattern = patternOf(FIRST, VALUE, DASH, random(6));
  const isTaken = () => false;
  return generateCodes(tools, { pattern, partner: ANNA, count: 1, made: 0, isTaken, ...wanted });
}

test("a partner gets as many different codes as are asked for", () => {
  const made = generate({ count: 5_000 });
  const codes = made.ok ? made.value : [];
  expect(new Set(codes).size).toBe(5_000);
  expect(codes.every((code) => /^ANNA15-[ACDEFHJKMNPRTWXY3479]{6}$/.test(code))).toBe(true);
});

test("a code that is taken is drawn again", () => {
  const taken = generate({ pattern: patternOf(FIRST, random(1)), count: 10 });
  const others = generate({
    pattern: patternOf(FIRST, random(1)),
    count: 5,
    isTaken: (code) => taken.ok && taken.value.includes(code),
  });
  expect(others).toMatchObject({ ok: true });
  const both = [...(taken.ok ? taken.value : []), ...(others.ok ? others.value : [])];
  expect(new Set(both).size).toBe(15);
});

test("a random part that reads like a word nobody wants is drawn again", () => {
  const drawn = ["F", "4", "C", "K", "H", "4", "C", "K"].map((c) => ALPHABET.indexOf(c));
  const tools = { ...createCodeMaking(), randomIndex: () => drawn.shift() ?? 0 };
  const made = generate({ pattern: patternOf(FIRST, DASH, random(4)) }, tools);
  expect(made).toEqual({ ok: true, value: ["ANNA-H4CK"] });
});

test("half of the room is used and no more, counting codes that exist", () => {
  const pattern = patternOf(FIRST, random(1));
  expect(generate({ pattern, count: 4, made: 6 })).toMatchObject({ ok: true });
  expect(generate({ pattern, count: 5, made: 6 })).toEqual({
    ok: false,
    problem: {
      kind: "no-room",
      retry: "never",
      message:
        "The random part has room for 10 codes, and 11 are asked for. Make it 1 character longer.",
    },
  });
});

test("where others have taken nearly everything it is given up with a sentence", () => {
  const made = generate({ isTaken: () => true });
  expect(made).toMatchObject({ ok: false, problem: { kind: "no-room", retry: "never" } });
});

test("without random part a partner has one code, and none if it is taken", () => {
  const pattern = patternOf(FIRST, VALUE);
  expect(generate({ pattern })).toEqual({ ok: true, value: ["ANNA15"] });
  expect(generate({ pattern, count: 0 })).toEqual({ ok: true, value: [] });
  for (const wanted of [{ count: 2 }, { isTaken: () => true }]) {
    expect(generate({ pattern, ...wanted })).toMatchObject({ problem: { kind: "taken" } });
  }
});

test("a pattern that gives this partner no code says why", () => {
  const partner = { ...ANNA, partnerId: "7".repeat(70) };
  const long = generate({ pattern: patternOf({ kind: "id" }, random(4)), partner });
  expect(long).toMatchObject({ problem: { kind: "no-code" } });
  const empty = generate({ pattern: patternOf(VALUE), partner: { ...ANNA, value: "" } });
  expect(empty).toMatchObject({ problem: { kind: "no-code" } });
});

const texts = fc.stringMatching(/^[A-Z][A-Z0-9_-]{0,7}$/);
const tokens: fc.Arbitrary<PatternToken> = fc.oneof(
  fc.record({ kind: fc.constant("text" as const), text: texts }),
  fc.record({ kind: fc.constantFrom("first" as const, "last" as const, "value" as const) }),
  fc.record({ kind: fc.constant("random" as const), length: fc.integer({ min: 1, max: 6 }) }),
);

test("whatever the pattern and the name, codes are usable, different, clean and fit the pattern", () => {
  const setting = fc.record({
    tokens: fc.array(tokens, { maxLength: 4 }),
    name: fc.string({ unit: "grapheme" }),
    value: fc.constantFrom("", "15"),
    seed: fc.integer(),
  });
  const room = random(5);
  fc.assert(
    fc.property(setting, ({ tokens, name, value, seed }) => {
      const tools = createCodeMaking(seededBytes(seed));
      const pattern = patternOf(FIRST, ...tokens, DASH, room);
      const partner = { names: codeNamesOf(name, tools), partnerId: "1", value };
      const made = generate({ pattern, partner, count: 20 }, tools);
      const codes = made.ok ? made.value : [];
      expect(new Set(codes).size).toBe(20);
      for (const code of codes) {
        expect(parseCode(code)).toEqual({ ok: true, value: code });
        expect(code).toMatch(shapeOf(pattern, partner));
        expect(readsUnwanted(code, [{ from: code.length - 5, to: code.length }])).toBe(false);
      }
    }),
  );
});

/** The fixed pieces as they stand, and the alphabet's characters for the random ones. */
function shapeOf(pattern: Pattern, partner: PartnerFacts): RegExp {
  const pieces = fillPattern(pattern, partner).map((piece) =>
    piece.kind === "fixed" ? piece.text : `[${ALPHABET}]{${piece.length}}`,
  );
  return new RegExp(`^${pieces.join("")}$`);
}
