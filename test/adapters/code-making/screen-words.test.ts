import { englishDataset, englishRecommendedTransformers, RegExpMatcher } from "obscenity";
import { expect, test } from "vitest";
import { createRandomIndex } from "#app/adapters/code-making/random-index.ts";
import { isUnwanted, readsUnwanted } from "#app/adapters/code-making/screen-words.ts";
import { ALPHABET } from "#app/core/codes/pattern/alphabet.ts";
import { seededBytes } from "#test/support/seeded-bytes.ts";

test.each(["FUCK", "fuck", "F4CK", "SH1T", "ANNA-F4CK", "SEX15", "7ASS9", "KKK", "NAZI", "B1TCH"])(
  "%s is not wanted on a coupon",
  (word) => {
    expect(isUnwanted(word)).toBe(true);
  },
);

test.each(
  `SCUNTHORPE CASSANDRA ESSEX SUSSEX HANCOCK ARSENAL PENISTONE DICKSON DICKINSON HARSHIT AKSHIT
  ANUSHA GEORGY FUKUDA MONTENEGRO JANUS KANAL CUMMINGS NAZIR XXXLUTZ GRASS CLASSIC ANNA-45567 455
  SEMENOVA VANDYKE MASSAGE COCKTAIL ASSET GRAPE`.split(/\s+/),
)("%s is an innocent name or word", (word) => {
  expect(isUnwanted(word)).toBe(false);
});

function readsIn(code: string, drawn: string): boolean {
  const from = code.indexOf(drawn);
  return readsUnwanted(code, [{ from, to: from + drawn.length }]);
}

test.each([
  ["ANNA15-XF4CKP", "XF4CKP"],
  ["ANNA15-KKK3", "KKK3"],
  ["ANNAASSP", "ASSP"],
  ["ANNA-F-CK", "F-CK"],
  ["FUCKXR", "CKXR"],
  ["ANNA-FAACK", "FAACK"],
])("in %s the drawn %s gives an unwanted word", (code, drawn) => {
  expect(readsIn(code, drawn)).toBe(true);
});

test.each([
  ["CASSANDRA-K7MPXR", "K7MPXR"],
  ["XXXLUTZ-K7MPXR", "K7MPXR"],
  ["ESSEXK7", "K7"],
])("in %s the drawn %s has no part in what the name holds", (code, drawn) => {
  expect(readsIn(code, drawn)).toBe(false);
});

test("two drawn parts that give a word together are found", () => {
  const parts = [
    { from: 0, to: 2 },
    { from: 3, to: 5 },
  ];
  expect(readsUnwanted("F4-CK", parts)).toBe(true);
  expect(readsUnwanted("H4-CK", parts)).toBe(false);
});

test("whatever the library finds in drawn characters is found, and little more", () => {
  const library = new RegExpMatcher({
    blacklistedTerms: englishDataset.build().blacklistedTerms,
    ...englishRecommendedTransformers,
  });
  const randomIndex = createRandomIndex(seededBytes(7));
  const part = () => Array.from({ length: 8 }, () => ALPHABET.charAt(randomIndex(20))).join("");
  const parts = Array.from({ length: 20_000 }, part);
  const found = parts.filter((drawn) => readsIn(drawn, drawn));
  const missed = parts.filter((drawn) => library.hasMatch(drawn) && !readsIn(drawn, drawn));
  expect(missed).toEqual([]);
  expect(found.length).toBeGreaterThan(0);
  expect(found.length / parts.length).toBeLessThan(0.05);
});
