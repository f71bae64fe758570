import fc from "fast-check";
import { expect, test } from "vitest";
import { createCodeMaking } from "#app/adapters/code-making/code-making.ts";
import {
  draftFamilies,
  type DrawnFor,
  type NamedDraft,
} from "#app/core/codes/families/draft-families.ts";
import { familyOf } from "#app/core/codes/families/family-of.ts";
import { clash, expressionOf, matches, type Shape } from "#app/core/codes/families/family-shape.ts";
import { clashesAmong, clashesWithFamilies } from "#app/core/codes/families/find-clashes.ts";
import { createShapeIndex } from "#app/core/codes/families/shape-index.ts";
import type { PartnerFacts } from "#app/core/codes/pattern/fill-pattern.ts";
import { generateCodes } from "#app/core/codes/pattern/generate-codes.ts";
import type { Pattern } from "#app/core/codes/pattern/pattern.ts";
import { readTokens } from "#app/core/codes/pattern/read-tokens.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import { matchPromoCode } from "#test/sandbox/impact/crediting/match-promo-code.ts";

const ANNA: PartnerFacts = {
  names: { first: "ANNA", last: "ABLE" },
  partnerId: "2047",
  value: "15",
};

function patternOf(text: string): Pattern {
  return { tokens: readTokens(text, (message) => expect.fail(message)) };
}

function shape(text: string): Shape {
  return text as Shape;
}

test("a partner's family is the pattern's fixed text with a star for each drawn character", () => {
  expect(familyOf(patternOf("{FIRST}{VALUE}-{RANDOM:6}"), ANNA)).toEqual({
    ok: true,
    value: "ANNA15-******",
  });
  const parts = familyOf(patternOf("{ID}{RANDOM:2}-X{RANDOM:1}"), ANNA);
  expect(parts).toEqual({ ok: true, value: "2047**-X*" });
});

test("impact.com is told an anchored expression in upper case", () => {
  expect(expressionOf(shape("ANNA15-******"))).toBe("^ANNA15-[ACDEFHJKMNPRTWXY3479]{6}$");
});

test.each([
  ["nothing random", "{FIRST}{VALUE}", /random part/],
  ["nothing of the partner's", "SUMMER-{RANDOM:8}", /Start the pattern with \{FIRST\} or \{ID\}/],
  ["a random beginning", "{RANDOM:6}-{ID}", /Start the pattern with/],
  ["three random parts", "{ID}-{RANDOM:2}-{RANDOM:2}-{RANDOM:2}", /64 characters/],
])("a pattern with %s makes no family, and a sentence says why", (_what, text, sentence) => {
  const family = familyOf(patternOf(text), ANNA);
  expect(family).toMatchObject({
    ok: false,
    problem: { retry: "never", message: expect.stringMatching(sentence) as string },
  });
});

test.each([
  ["ANN*****", "ANNA****", true],
  ["ANN*****", "ANNB****", false],
  ["ANNA****", "ANNA-***", false],
  ["ANNA****", "ANNA*****", false],
  ["A*7*", "*C*9", true],
  ["A*B*", "*C*9", false],
])("%s and %s clash: %s", (one, other, isClash) => {
  expect(clash(shape(one), shape(other))).toBe(isClash);
  expect(clash(shape(other), shape(one))).toBe(isClash);
});

/** Few letters, so that shapes, names and codes often meet. */
const letter = fc.constantFrom("A", "C", "B", "3", "-");
const shapes = fc
  .array(fc.oneof(letter, fc.constant("*")), { minLength: 1, maxLength: 4 })
  .map((parts) => shape(parts.join("")));
const codes = fc
  .array(fc.constantFrom("A", "C", "B", "3", "-", "X", "0"), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join("") as DiscountCode);

test("a family's expression fits exactly the codes it matches, here and at impact.com by either of its pages", () => {
  fc.assert(
    fc.property(shapes, codes, (family, code) => {
      const expression = expressionOf(family);
      const isOurs = matches(family, code);
      expect(new RegExp(expression).test(code)).toBe(isOurs);
      const at = new Date(0);
      const registered = [{ code: expression, type: "RE" as const, startsAt: at, endsAt: null }];
      for (const codeCase of ["api-page", "help-page"] as const) {
        expect(matchPromoCode(code, at, registered, codeCase) !== null).toBe(isOurs);
      }
    }),
    { numRuns: 2_000 },
  );
});

/** Every code of a short shape. */
function codesOf(family: Shape): string[] {
  return [...family].reduce<string[]>(
    (made, own) =>
      made.flatMap((code) =>
        (own === "*" ? [..."ACDEFHJKMNPRTWXY3479"] : [own]).map((next) => code + next),
      ),
    [""],
  );
}

test("two families clash exactly where some code is of both", () => {
  const short = shapes.filter((one) => one.length <= 3);
  fc.assert(
    fc.property(short, short, (one, other) => {
      const theirs = new Set(codesOf(other));
      expect(clash(one, other)).toBe(codesOf(one).some((code) => theirs.has(code)));
    }),
    { numRuns: 300 },
  );
});

test("the index finds those that comparing each with each would", () => {
  fc.assert(
    fc.property(fc.array(shapes, { maxLength: 30 }), fc.oneof(shapes, codes), (all, wanted) => {
      const families = all.map((one) => ({ shape: one }));
      const found = createShapeIndex(families).clashingWith(wanted);
      expect(new Set(found)).toEqual(new Set(families.filter((one) => clash(one.shape, wanted))));
    }),
  );
});

const partners = fc.uniqueArray(
  fc.record({
    names: fc.record({
      first: fc.constantFrom("A", "AN", "ANNA", "ANNA1", "C3"),
      last: fc.constantFrom(null, "A", "C", "NA"),
    }),
    partnerId: fc.integer({ min: 1, max: 999 }).map((id) => `${id}` as PartnerId),
    value: fc.constant("1"),
    name: fc.constant("Anna Able"),
  }),
  { selector: ({ partnerId }) => partnerId, minLength: 2, maxLength: 6 },
);
const patterns = fc.constantFrom(
  "{FIRST}{RANDOM:4}",
  "{FIRST}{VALUE}-{RANDOM:4}",
  "{FIRST}{LAST}{RANDOM:3}",
  "{FIRST}{ID}{RANDOM:2}",
  "{FIRST}-{ID}-{RANDOM:3}",
  "{ID}{RANDOM:3}-{RANDOM:2}",
);

interface Kept extends NamedDraft {
  codes: DiscountCode[];
}

/** The families of a drawing, with some codes of each; none where the check refuses them. */
function keptOf(text: string, facts: readonly DrawnFor[], before: readonly Kept[]): Kept[] {
  const pattern = patternOf(text);
  const drafted = draftFamilies(pattern, facts);
  const families = drafted.ok ? drafted.value : [];
  const standing = before.map(({ shape, partnerId, name }) => ({
    shape,
    partner: { partnerId, name },
  }));
  const clashes = [...clashesAmong(families), ...clashesWithFamilies(families, standing)];
  if (clashes.length > 0) return [];
  return families.map((family) => {
    const partner = facts.find(({ partnerId }) => partnerId === family.partnerId) ?? facts[0];
    if (!partner) throw new Error("no partner");
    const wanted = { pattern, partner, count: 3, made: 0, isTaken: () => false };
    const drawn = generateCodes(tools, wanted);
    return { ...family, codes: drawn.ok ? drawn.value : [] };
  });
}

const tools = createCodeMaking();

test("whatever the check lets through: every code is of its partner's family, and of nobody else's", () => {
  let letThrough = 0;
  let refused = 0;
  fc.assert(
    fc.property(fc.array(fc.tuple(patterns, partners), { maxLength: 3 }), (drawings) => {
      const kept: Kept[] = [];
      for (const [text, facts] of drawings) {
        const families = keptOf(text, facts, kept);
        if (families.length > 0) letThrough += 1;
        else refused += 1;
        kept.push(...families);
      }
      for (const { shape: own, partnerId, codes: made } of kept) {
        expect(made.filter((code) => !matches(own, code))).toEqual([]);
        const others = kept.filter((other) => other.partnerId !== partnerId);
        const theirs = others.flatMap((other) => made.filter((code) => matches(other.shape, code)));
        expect(theirs).toEqual([]);
      }
    }),
    { numRuns: 300 },
  );
  expect(letThrough).toBeGreaterThan(50);
  expect(refused).toBeGreaterThan(50);
});
