import fc from "fast-check";
import { expect, test } from "vitest";
import { readLandingPath } from "#app/core/hand-outs/landing-path.ts";
import { shareLink } from "#app/core/hand-outs/share-link.ts";
import type { DiscountCode } from "#app/core/ids.ts";

const HOSTS = ["tea.example", "tea-house.myshopify.com"];
const ANNA = "ANNA10" as DiscountCode;

function read(text: string): string {
  const path = readLandingPath(text, HOSTS);
  return path.ok ? path.value : path.problem.message;
}

test("a landing page is a path, or a whole address of the shop's own", () => {
  expect(read("")).toBe("/");
  expect(read(" /collections/new ")).toBe("/collections/new");
  expect(read("/pages/a?b=c#d")).toBe("/pages/a?b=c#d");
  expect(read("https://tea.example")).toBe("/");
  expect(read("https://TEA.example/collections/new")).toBe("/collections/new");
  expect(read("http://tea-house.myshopify.com?x=1")).toBe("/?x=1");
});

test.each([
  ["https://evil.example/", /your own shop.*tea\.example/],
  ["https://tea.example@evil.example/", /your own shop/],
  ["https://tea.example.evil.example/", /your own shop/],
  ["javascript:alert(1)", /your own shop/],
  ["//evil.example", /one slash/],
  ["/\\evil.example", /one slash/],
  ["https://tea.example//evil.example", /one slash/],
  ["collections/new", /one slash/],
  ["/a b", /spaces/],
  ["/a\tb", /spaces/],
  ["/discount/OTHER10", /replace the partner's code/],
  [`/${"a".repeat(500)}`, /at most 500/],
])("%j is refused as a landing page, with what to do", (text, sentence) => {
  expect(read(text)).toMatch(sentence);
});

test("a share link shows the code and the page, and nothing of it where it is the front page", () => {
  const target = { host: "tea.example", landingPath: "/" };
  expect(shareLink(target, ANNA)).toBe("https://tea.example/discount/ANNA10");
  expect(shareLink({ ...target, landingPath: "/collections/new?a=1&b=2" }, ANNA)).toBe(
    "https://tea.example/discount/ANNA10?redirect=/collections/new%3Fa%3D1%26b%3D2",
  );
});

test("whatever is typed, a page that is accepted stays on the shop's host", () => {
  const part = fc.constantFrom(
    "/",
    "\\",
    ".",
    "evil.example",
    "@",
    ":",
    "https://",
    "?",
    "%2F",
    "a",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(part).map((parts) => parts.join("")),
      ),
      (text) => {
        const path = readLandingPath(text, HOSTS);
        if (!path.ok) return;
        const link = new URL(shareLink({ host: "tea.example", landingPath: path.value }, ANNA));
        expect(link.pathname).toBe("/discount/ANNA10");
        const landing = link.searchParams.get("redirect") ?? "/";
        expect(landing).toBe(path.value);
        expect(new URL(landing, "https://tea.example").host).toBe("tea.example");
      },
    ),
  );
});
