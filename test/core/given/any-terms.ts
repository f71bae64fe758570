import fc from "fast-check";
import type { Chosen, DiscountTerms, DiscountValue } from "#app/core/codes/discount.ts";

/** What a discount may name in a shop. */
export interface Choosable {
  products: Chosen[];
  collections: Chosen[];
  segments: Chosen[];
}

const minor = fc.integer({ min: 1, max: 1_000_000 });
const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null });
const seconds = (from: string, to: string) =>
  fc
    .integer({ min: Date.parse(from) / 1_000, max: Date.parse(to) / 1_000 })
    .map((at) => new Date(at * 1_000));

const value: fc.Arbitrary<DiscountValue> = fc.oneof(
  fc.record({
    kind: fc.constant("percentage" as const),
    basisPoints: fc.integer({ min: 1, max: 10_000 }),
  }),
  fc.record({ kind: fc.constantFrom("amount" as const, "amount-each" as const), minor }),
  fc.record({ kind: fc.constant("free-shipping" as const), mostMinor: maybe(minor) }),
);

function someOf(list: Chosen[]): fc.Arbitrary<Chosen[]> {
  return fc
    .subarray(list, { minLength: 1 })
    .map((some) => some.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
}

const everything = fc.record({
  title: fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ]{0,18}[a-z]$/),
  value,
  currency: fc.constant("USD"),
  startsAt: seconds("2026-01-01T00:00:00Z", "2027-06-01T00:00:00Z"),
  endsAt: maybe(seconds("2027-06-02T00:00:00Z", "2028-01-01T00:00:00Z")),
  usageLimit: maybe(fc.integer({ min: 1, max: 1_000 })),
  oncePerCustomer: fc.boolean(),
  combines: fc.boolean(),
  minimumMinor: maybe(minor),
  minimumQuantity: maybe(fc.integer({ min: 1, max: 1_000 })),
  combinesProducts: fc.boolean(),
  combinesShipping: fc.boolean(),
  purchases: fc.constantFrom("one-time" as const, "subscription" as const, "both" as const),
  cycles: maybe(fc.integer({ min: 1, max: 99 })),
  tags: fc
    .uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 4 })
    .map((tags) => tags.toSorted()),
});

/** Any terms that a merchant can say, and Shopify takes. */
export function anyTerms(of: Choosable): fc.Arbitrary<DiscountTerms> {
  const items: fc.Arbitrary<DiscountTerms["items"]> = fc.oneof(
    fc.constant({ kind: "all" as const }),
    someOf(of.products).map((chosen) => ({ kind: "products" as const, chosen })),
    someOf(of.collections).map((chosen) => ({ kind: "collections" as const, chosen })),
  );
  const buyers: fc.Arbitrary<DiscountTerms["buyers"]> = fc.oneof(
    fc.constant({ kind: "all" as const }),
    someOf(of.segments).map((chosen) => ({ kind: "segments" as const, chosen })),
  );
  return fc.tuple(everything, items, buyers).map(([terms, chosenItems, chosenBuyers]) => {
    const isShipping = terms.value.kind === "free-shipping";
    return {
      ...terms,
      items: isShipping ? { kind: "all" } : chosenItems,
      buyers: chosenBuyers,
      minimumQuantity: terms.minimumMinor === null ? terms.minimumQuantity : null,
      combinesShipping: !isShipping && terms.combinesShipping,
      cycles: terms.purchases === "one-time" ? null : terms.cycles,
    };
  });
}
