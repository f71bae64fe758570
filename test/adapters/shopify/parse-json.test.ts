import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJson } from "#app/adapters/shopify/parse-json.ts";

test("an id beyond 2^53 keeps its digits, a shorter one stays a number", () => {
  expect(parseJson('{"id":9007199254742001,"app_id":580111}')).toEqual({
    id: "9007199254742001",
    app_id: 580_111,
  });
  expect(parseJson("[9007199254740991,9007199254740992]")).toEqual([
    9_007_199_254_740_991,
    "9007199254740992",
  ]);
});

test("any whole number is read to its last digit", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 70n }), (id) => {
      expect(String((parseJson(`{"id":${id}}`) as { id: unknown }).id)).toBe(`${id}`);
    }),
  );
});

test("digits in texts, decimals and nested places are left alone", () => {
  const text = '{"token":"90071992547420011","price":12.50,"a":[{"id":90071992547420011}]}';
  expect(parseJson(text)).toEqual({
    token: "90071992547420011",
    price: 12.5,
    a: [{ id: "90071992547420011" }],
  });
});

test.each(["", "{", "no JSON", '{"id":9007199254742001'])(
  "“%s” is refused as JSON.parse does",
  (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  },
);

test("whatever a text holds, it is read as JSON.parse reads it", () => {
  const anyTexts = fc.dictionary(
    fc.string(),
    fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean())),
  );
  const confusing = fc.stringMatching(/^[":,[\]{}\\ 0-9]{0,60}$/);
  fc.assert(
    fc.property(anyTexts, confusing, fc.integer({ min: 0, max: 9 }), (value, note, digit) => {
      const others = { value, note, [note]: 'say "x": 9007199254742001, [9007199254742001]' };
      const text = JSON.stringify(others, null, digit);
      const read = parseJson(`{"id": 900719925474200${digit},"others":${text}}`);
      expect(read).toEqual({ id: `900719925474200${digit}`, others: JSON.parse(text) as unknown });
    }),
  );
});
