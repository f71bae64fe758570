import fc from "fast-check";
import { expect, test } from "vitest";
import { createCodeMaking } from "#app/adapters/code-making/code-making.ts";
import { createPartnerMatcher, parsePartnerPattern } from "#app/core/adopting/match-partner.ts";
import { foldToCode } from "#app/core/codes/pattern/code-names.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import type { NamedPartner } from "#app/core/uploads/partner-lookup.ts";

const { toAscii } = createCodeMaking();

function partnersNamed(...names: string[]): NamedPartner[] {
  return names.map((name, index) => ({ name, partnerId: String(10_001 + index) as PartnerId }));
}

function matcherFor(pattern: string, partners: readonly NamedPartner[]) {
  const parsed = parsePartnerPattern(pattern);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return createPartnerMatcher(parsed.value, partners, toAscii);
}

function matched(pattern: string, partners: readonly NamedPartner[], code: string): string {
  const match = matcherFor(pattern, partners)(code as DiscountCode);
  if (match.kind === "several") return match.partners.map(({ name }) => name).join(" or ");
  return match.kind === "one" ? match.partner.name : "nobody";
}

const PARTNERS = partnersNamed("Anna Able", "Ben Baker", "Zoë Müller", "Анна Иванова", "Sam Poe");

test.each([
  ["{PARTNER}-*", "BEN-20", "Ben Baker"],
  ["{PARTNER}-*", "BAKER-20", "Ben Baker"],
  ["{PARTNER}-*", "BENBAKER-20", "Ben Baker"],
  ["{PARTNER}-*", "BEN-BAKER-20", "Ben Baker"],
  ["{PARTNER}-*", "10002-20", "Ben Baker"],
  ["{LAST}*", "BAKER20", "Ben Baker"],
  ["{LAST}*", "BEN20", "nobody"],
  ["{ID}-*", "10002-20", "Ben Baker"],
  ["{ID}-*", "100022-20", "nobody"],
  ["tea-{first}-*", "TEA-BEN-20", "Ben Baker"],
  ["*{PARTNER}*", "SPRING-MULLER", "Zoë Müller"],
  ["{NAME}", "ZOEMULLER", "Zoë Müller"],
  ["{PARTNER}*", "SAM20", "Sam Poe"],
  ["{PARTNER}*", "SAMANTHA20", "nobody"],
  ["20{PARTNER}", "20SAM", "Sam Poe"],
  ["{PARTNER}*", "ANNA20", "Anna Able or Анна Иванова"],
  ["{PARTNER}*", "ANNA-ABLE-20", "Anna Able"],
  ["{PARTNER}*", "NOBODY20", "nobody"],
])("by the pattern %s the code %s is that of %s", (pattern, code, owner) => {
  expect(matched(pattern, PARTNERS, code)).toBe(owner);
});

test.each(["", "*", "{PARTNER}{ID}", "{COLOUR}-*", "{PARTNER", "{PARTNER}{"])(
  "the pattern %j is refused with a sentence that shows one that works",
  (pattern) => {
    const parsed = parsePartnerPattern(pattern);
    expect(parsed.ok ? null : parsed.problem.message).toContain("{PARTNER}-*");
  },
);

test("a sign that means something in expressions stands for itself in a pattern", () => {
  expect(matched("A.B{FIRST}*", PARTNERS, "A.BBEN")).toBe("Ben Baker");
  expect(matched("A.B{FIRST}*", PARTNERS, "AXBBEN")).toBe("nobody");
});

const script = fc.constantFrom(
  ..."abcxyzäöüßéñøłžабвгдежзиклмнопαβγδεζηθικλאבגדהוزحطيكلم안녕하세요日本語山田",
);
const word = fc.string({ unit: script, minLength: 1, maxLength: 8 });
const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(" "));
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 30 });

test("a name in any script is found in a code that spells it in A–Z and 0–9", () => {
  fc.assert(
    fc.property(name, (one) => {
      const partners = partnersNamed(one);
      const [first = ""] = one.split(" ");
      const spelled = foldToCode(first, toAscii);
      fc.pre(spelled.length >= 2);
      expect(matched("{FIRST}-*", partners, `${spelled}-20`)).toBe(one);
    }),
  );
});

test("whoever a code is given to, no other partner is spelled there by as much of a name", () => {
  fc.assert(
    fc.property(names, fc.nat(29), fc.constantFrom("{PARTNER}-*", "{PARTNER}*"), (all, at, by) => {
      const partners = partnersNamed(...all);
      const owner = partners[at % partners.length];
      if (!owner) throw new Error("no partner");
      const spelled = foldToCode(owner.name.split(" ")[0] ?? "", toAscii);
      fc.pre(spelled.length >= 2);
      const match = matcherFor(by, partners)(`${spelled}-20` as DiscountCode);
      const alike = partners.filter(({ name: other }) => {
        // By a middle name alone nobody is looked for.
        const words = other.split(" ");
        const keys = [words[0] ?? "", words.at(-1) ?? "", words.join("")];
        return keys.some((key) => foldToCode(key, toAscii) === spelled);
      });
      // All who are spelled like that, the owner among them, or the one of whom more stands there.
      if (match.kind === "one" && match.partner !== owner) expect(alike.length).toBe(0);
      if (alike.length > 1) expect(match.kind).not.toBe("one");
    }),
  );
});
