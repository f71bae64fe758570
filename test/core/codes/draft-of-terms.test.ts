import fc from "fast-check";
import { expect, test } from "vitest";
import { draftOfTerms } from "#app/core/codes/draft-of-terms.ts";
import { readTerms } from "#app/core/codes/read-terms.ts";
import { anyTerms } from "#test/core/given/any-terms.ts";

const chosen = (type: string) =>
  ["1", "2", "3"].map((id) => ({ id: `gid://shopify/${type}/${id}`, title: `${type} ${id}` }));
const CHOOSABLE = {
  products: chosen("Product"),
  collections: chosen("Collection"),
  segments: chosen("Segment"),
};

test.each(["America/New_York", "Pacific/Auckland", "Asia/Kolkata"])(
  "a form that is opened and saved without a change changes no term, in %s",
  (timeZone) => {
    const now = new Date("2026-11-26T10:00:00Z");
    const shop = { currency: "USD", timeZone, now };
    fc.assert(
      fc.property(anyTerms(CHOOSABLE), (terms) => {
        const read = readTerms(draftOfTerms(terms, timeZone), shop, terms);
        expect(read).toEqual({ terms, problems: [] });
      }),
    );
  },
);

const NOW = new Date("2026-11-26T10:00:00Z");
const SHOP = { currency: "USD", timeZone: "UTC", now: NOW };

function edit(startsAt: string, endsAt: string | null, changes: object) {
  const [terms] = fc.sample(anyTerms(CHOOSABLE), { numRuns: 1, seed: 7 });
  if (!terms) throw new Error("no terms");
  const dates = { startsAt: new Date(startsAt), endsAt: endsAt ? new Date(endsAt) : null };
  const before = { ...terms, ...dates };
  return readTerms({ ...draftOfTerms(before, "UTC"), ...changes }, SHOP, before);
}

test("a discount that has begun keeps its begin, whatever the form says", () => {
  const { terms, problems } = edit("2026-11-01T08:30:00Z", null, { startsOn: "2026-12-01" });
  expect(problems).toEqual([]);
  expect(terms.startsAt).toEqual(new Date("2026-11-01T08:30:00Z"));
});

test("one that is yet to begin may begin on another day", () => {
  const { terms } = edit("2026-12-01T08:30:00Z", null, { startsOn: "2026-12-05" });
  expect(terms.startsAt).toEqual(new Date("2026-12-05T00:00:00Z"));
});

test("an end that is past may stay, and a new one must not be past", () => {
  const ended = ["2026-11-01T00:00:00Z", "2026-11-20T15:00:00Z"] as const;
  expect(edit(...ended, {}).terms.endsAt).toEqual(new Date("2026-11-20T15:00:00Z"));
  expect(edit(...ended, { endsOn: "2026-11-19" }).problems).toMatchObject([{ field: "endsOn" }]);
  expect(edit(...ended, { endsOn: "2026-11-26" }).terms.endsAt).toEqual(
    new Date("2026-11-27T00:00:00Z"),
  );
});
