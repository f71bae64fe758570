import { expect, test } from "vitest";
import { createCodeMaking } from "#app/adapters/code-making/code-making.ts";
import { parsePattern, type IntendedUse } from "#app/core/codes/pattern/parse-pattern.ts";

const tools = createCodeMaking();
const USE: IntendedUse = { value: "15", partners: 3, codesEach: 2 };

function problemsOf(text: string, use: Partial<IntendedUse> = {}): string[] {
  const parsed = parsePattern(text, { ...USE, ...use }, tools);
  return parsed.ok ? [] : parsed.problems.map(({ message }) => message);
}

test("a pattern is read into its tokens, in whatever case it was typed", () => {
  const tokens = [
    { kind: "first" },
    { kind: "last" },
    { kind: "text", text: "_VIP-" },
    { kind: "id" },
    { kind: "value" },
    { kind: "text", text: "-" },
    { kind: "random", length: 6 },
  ];
  const parsed = parsePattern(" {first}{LAST}_Vip-{ id }{Value}-{random:6} ", USE, tools);
  expect(parsed).toEqual({ ok: true, value: { tokens } });
});

test.each([
  ["", "Enter a pattern, such as"],
  ["{FOO}{RANDOM:6}", "{FOO} is no token."],
  ["{}{RANDOM:6}", "{} is no token."],
  ["{toString}{RANDOM:6}", "{toString} is no token."],
  ["{FIRST:3}{RANDOM:6}", "{FIRST:3} takes no number. Write {FIRST}."],
  ["{FIRST", "“{FIRST” has no closing brace."],
  ["{FIRST{RANDOM:6}", "“{FIRST” has no closing brace."],
  ["FIRST}{RANDOM:6}", "A closing brace has no opening one."],
  ["{RANDOM}", "Give a random part 1 to 20 characters"],
  ["{RANDOM:0}", "Give a random part 1 to 20 characters"],
  ["{RANDOM:21}", "Give a random part 1 to 20 characters"],
  ["{RANDOM:-1}", "Give a random part 1 to 20 characters"],
  ["{RANDOM:1.5}", "Give a random part 1 to 20 characters"],
  ["{RANDOM:6:6}", "Give a random part 1 to 20 characters"],
  ["CAFÉ {RANDOM:6}", "leave out “É”, spaces."],
  ["SPAß{RANDOM:6}", "leave out “ß”."],
  ["🎉{RANDOM:6}", "leave out “🎉”."],
  ["-{RANDOM:6}", "A code starts with a letter or digit"],
  ["FUCK-{RANDOM:6}", "“FUCK-” holds a word nobody wants"],
  [
    "{FIRST}{LAST}{RANDOM:20}{ID}X",
    "Codes could get 65 characters, and impact.com takes no more than 64. Leave out 1.",
  ],
])("“%s” is refused: %s", (text, sentence) => {
  const problems = problemsOf(text);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(sentence);
});

test("a pattern whose codes get 64 characters at most is taken", () => {
  expect(problemsOf("{FIRST}{LAST}{RANDOM:20}{ID}")).toEqual([]);
});

test("everything wrong is said at once", () => {
  expect(problemsOf("{FOO}é{RANDOM:0}{ID")).toHaveLength(4);
});

test("one code for each partner needs no random part, several do", () => {
  expect(problemsOf("{FIRST}{VALUE}", { codesEach: 1 })).toEqual([]);
  expect(problemsOf("{FIRST}{VALUE}", { codesEach: 2 })[0]).toMatch(
    /^All codes of a partner would/,
  );
});

test("partners can't share a code", () => {
  expect(problemsOf("SUMMER", { codesEach: 1 })[0]).toMatch(/^All partners would get the same/);
  expect(problemsOf("SUMMER", { codesEach: 1, partners: 1 })).toEqual([]);
});

test("a discount without number leaves a pattern of its number alone empty", () => {
  const use = { codesEach: 1, partners: 1 };
  expect(problemsOf("{VALUE}", { ...use, value: "" })[0]).toMatch(/^Nothing would stand/);
  expect(problemsOf("{VALUE}", use)).toEqual([]);
});

test("a random part with room for fewer codes than asked for says how much longer it must be", () => {
  expect(problemsOf("{FIRST}{RANDOM:2}", { codesEach: 200 })).toEqual([]);
  expect(problemsOf("{FIRST}{RANDOM:2}", { codesEach: 201 })).toEqual([
    "The random part has room for 200 codes, and 201 are asked for. Make it 1 character longer.",
  ]);
});

test("where no partner is named all partners' codes share the room", () => {
  expect(problemsOf("X{RANDOM:2}", { codesEach: 100, partners: 2 })).toEqual([]);
  expect(problemsOf("X{RANDOM:2}", { codesEach: 100, partners: 3 })).toHaveLength(1);
});
