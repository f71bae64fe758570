import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import {
  currencyCode,
  digits,
  fields,
  flag,
  ifReadable,
  instant,
  listOf,
  maybe,
  readShape,
  text,
  whole,
} from "#app/adapters/shopify/json-shapes.ts";
import { amount } from "#app/adapters/shopify/shopify-amounts.ts";

/** The same payload twice: in our shapes, and in zod's, which say how a value is to be judged. */
const OURS = fields({
  id: digits,
  currency: currencyCode,
  at: instant,
  closed: maybe(instant),
  name: maybe(text),
  lines: listOf(fields({ quantity: whole, gift: maybe(flag), price: amount })),
  money: ifReadable(maybe(fields({ shop: fields({ amount, currency: maybe(currencyCode) }) }))),
});
const zodInstant = z.iso.datetime({ offset: true }).transform((said) => new Date(said));
const zodAmount = z
  .union([z.string(), z.number().transform((number) => String(Number(number.toFixed(6))))])
  .nullish();
const ZODS = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  currency: z.string().length(3),
  at: zodInstant,
  closed: zodInstant.nullish(),
  name: z.string().nullish(),
  lines: z.array(z.object({ quantity: z.int(), gift: z.boolean().nullish(), price: zodAmount })),
  money: z
    .object({ shop: z.object({ amount: zodAmount, currency: z.string().length(3).nullish() }) })
    .nullish()
    .catch(null),
});

const odd = fc.oneof(
  fc.constantFrom(null, undefined, true, "", "USD", "😀ab", "😀a", "2026-02-29T00:00:00Z", [], {}),
  fc.double(),
  fc.integer(),
  fc.string(),
);
const mostly = <T>(usual: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 6, arbitrary: usual }, { weight: 1, arbitrary: odd });
const instants = fc.constantFrom("2026-01-02T03:04:05-05:00", "2024-02-29T00:00:00.123Z");
const amounts = fc.oneof(fc.constantFrom("12.50", null, undefined), fc.double());
const currencies = mostly(fc.constantFrom("USD", "JPY"));
const payloads = mostly(
  fc.record({
    id: mostly(fc.oneof(fc.maxSafeInteger(), fc.string())),
    currency: currencies,
    at: mostly(instants),
    closed: mostly(instants),
    name: mostly(fc.string()),
    lines: mostly(
      fc.array(
        mostly(
          fc.record({
            quantity: mostly(fc.integer()),
            gift: mostly(fc.boolean()),
            price: mostly(amounts),
          }),
        ),
        { maxLength: 3 },
      ),
    ),
    money: mostly(
      fc.record({ shop: mostly(fc.record({ amount: mostly(amounts), currency: currencies })) }),
    ),
  }),
);

/** Ours says null where zod leaves out. */
const withoutNulls = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_name, inner: unknown) => inner ?? undefined));

test("whatever a payload holds, it is read as zod reads it, and refused at the same places", () => {
  let accepted = 0;
  const isReadAlike = (payload: unknown) => {
    const ours = readShape(OURS, payload);
    const zods = ZODS.safeParse(payload);
    if (ours.ok) {
      accepted += 1;
      expect(withoutNulls(ours.value)).toEqual(withoutNulls(zods.data ?? "refused"));
    } else {
      const issues = zods.error?.issues ?? [];
      const places = issues.map(({ path }) => path.join(".") || "body");
      expect(ours.wrong).toEqual([...new Set(places)]);
    }
  };
  fc.assert(fc.property(payloads, isReadAlike), { numRuns: 2_000 });
  expect(accepted).toBeGreaterThan(0);
});
