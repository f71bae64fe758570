import { expect, test } from "vitest";
import { createCodeMaking } from "#app/adapters/code-making/code-making.ts";
import { normalizeCode } from "#app/core/codes/code-text.ts";
import { generateCodes } from "#app/core/codes/pattern/generate-codes.ts";
import { warnCode } from "#app/core/codes/pattern/warn-code.ts";
import { seededBytes } from "#test/support/seeded-bytes.ts";

const ANNA = { first: "ANNA", last: "SCHMIDT" };

test.each([
  ["A", "short"],
  ["K3M9P", "short"],
  ["ANNA15", "name"],
  ["15-ANNA", "name"],
  ["ANNASCHMIDT", "name"],
  ["SCHMIDT2026", "name"],
  ["ANNA15-K7", "name"],
  ["SUMMER2026", "word"],
  ["SAVE20", "word"],
  ["BLACKFRIDAY", "word"],
  ["10OFF-NOW", "word"],
  ["WELCOME_10", "word"],
  ["111111", "number"],
  ["123456", "number"],
  ["987654", "number"],
])("%s gets a warning: %s", (code, reason) => {
  expect(warnCode(normalizeCode(code), ANNA)).toMatchObject({ reason });
});

test.each(["K3M9PX", "ANNA15-K3M9PX", "ANNAK3M9PX", "SUMMER-XKPTRF", "849301", "4F7Q2Z8K1M"])(
  "%s holds a random part",
  (code) => {
    expect(warnCode(normalizeCode(code), ANNA)).toBeNull();
  },
);

test("a warning says why and what is safer", () => {
  expect(warnCode(normalizeCode("ANNA"), null)?.message).toBe(
    "ANNA is only 4 characters long: codes under 6 are found by trying all of them. A code with four or more random characters is safer.",
  );
  expect(warnCode(normalizeCode("ANNA15"), ANNA)?.message).toMatch(
    /^ANNA15 is the partner's name with little or nothing random/,
  );
});

test("a partner who is not known changes no more than the reason", () => {
  expect(warnCode(normalizeCode("ANNA15"), null)).toMatchObject({ reason: "word" });
});

test("of codes with eight drawn characters few look like words", () => {
  const made = generateCodes(createCodeMaking(seededBytes(5)), {
    pattern: { tokens: [{ kind: "first" }, { kind: "random", length: 8 }] },
    partner: { names: ANNA, partnerId: "1", value: "" },
    count: 2_000,
    made: 0,
    isTaken: () => false,
  });
  const codes = made.ok ? made.value : [];
  const warned = codes.filter((code) => warnCode(code, ANNA) !== null);
  expect(codes).toHaveLength(2_000);
  expect(warned.length / codes.length).toBeLessThan(0.08);
});
