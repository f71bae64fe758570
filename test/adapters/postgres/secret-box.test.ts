import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createSecretBox } from "#app/adapters/postgres/secret-box.ts";

const box = createSecretBox(randomBytes(32));

test("what was sealed opens as it was, and can't be read while sealed", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 8 }), (secret) => {
      const sealed = box.seal(secret);
      expect(box.open(sealed)).toBe(secret);
      expect(sealed).not.toContain(secret);
      expect(Buffer.from(sealed.slice(3), "base64").toString("utf8")).not.toContain(secret);
    }),
  );
});

test("the same secret never looks the same twice", () => {
  expect(box.seal("token")).not.toBe(box.seal("token"));
});

test("another key opens nothing", () => {
  expect(() => createSecretBox(randomBytes(32)).open(box.seal("token"))).toThrow();
});

test("a secret altered in any byte is refused", () => {
  const bytes = Buffer.from(box.seal("token").slice(3), "base64");
  for (const index of bytes.keys()) {
    const altered = Buffer.from(bytes);
    altered[index] = (altered[index] ?? 0) ^ 1;
    expect(() => box.open(`v1:${altered.toString("base64")}`)).toThrow();
  }
});

test("a secret cut short anywhere is refused, its tag too", () => {
  const bytes = Buffer.from(box.seal("").slice(3), "base64");
  for (let length = 0; length < bytes.length; length += 1) {
    expect(() => box.open(`v1:${bytes.subarray(0, length).toString("base64")}`)).toThrow();
  }
});

test.each(["", "token", "v2:AAAA", "v1:", "v1"])("“%s” is no sealed secret", (text) => {
  expect(() => box.open(text)).toThrow("not a sealed secret");
});
