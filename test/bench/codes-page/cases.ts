import type { Pool } from "pg";
import { IMPACT_STATES, SHOPIFY_STATES } from "#app/core/codes/code-states.ts";

export type Kind = "filter" | "search" | "deep_page";

/** An address of the Codes page, made for the codes that a shop has. */
export interface Case {
  kind: Kind;
  name: string;
  query: (shop: ShopFacts) => Record<string, string>;
}

/** What addresses name differs from shop to shop. */
export interface ShopFacts {
  /** Oldest first. */
  discounts: string[];
  /** The place nine tenths down the list, by sorting. */
  deep: Record<string, string>;
  aCode: string;
}

const BIG = "10001";

/** What one field of the page's filters is set to. */
interface Choice {
  name: string;
  query: Case["query"];
}

const chosen = (field: string, values: readonly string[]): Choice[] =>
  values.map((value) => ({ name: `${field} ${value}`, query: () => ({ [field]: value }) }));

/** Each field with all that can be chosen there; of partners and discounts, some of each size and age. */
const FIELDS: Choice[][] = [
  chosen("partner", [BIG, "10060", "10450", "none"]),
  [0, 10, 19].map((at) => ({
    name: `discount ${at}`,
    query: ({ discounts }) => ({ discount: discounts[at] ?? "" }),
  })),
  chosen("shopify", Object.keys(SHOPIFY_STATES)),
  chosen("impact", [...Object.keys(IMPACT_STATES), "unregistered"]),
  chosen("used", ["yes", "no"]),
];

const SORTS = ["-created", "created", "code", "-code", "-used", "used"];

const both = (one: Choice, other: Choice): Choice => ({
  name: `${one.name}, ${other.name}`,
  query: (facts) => ({ ...one.query(facts), ...other.query(facts) }),
});

const sorted = (choice: Choice): Choice[] =>
  SORTS.map((sort) => both(choice, { name: `by ${sort}`, query: () => ({ sort }) }));

const PAIRS = FIELDS.flatMap((field, at) =>
  FIELDS.slice(at + 1).flatMap((other) =>
    field.flatMap((one) => other.map((two) => both(one, two))),
  ),
);

/** Each choice in each sorting, and each with each of another field. */
const FILTERS: Case[] = [
  ...[{ name: "all codes", query: () => ({}) }, ...FIELDS.flat()].flatMap(sorted),
  ...PAIRS,
].map((choice) => ({ kind: "filter", ...choice }));

const search = (name: string, query: Case["query"]): Case => ({ kind: "search", name, query });

/** What stands in the field while somebody types, what is rare, what is nowhere, beside filters and sorted. */
const SEARCHES: Case[] = [
  ...["A", "AN", "ANN", "ANNA", "ANNA-", "ISAB", "HEA", "ZZZQ"].map((text) =>
    search(`“${text}”`, () => ({ search: text })),
  ),
  search("a whole code", ({ aCode }) => ({ search: aCode })),
  ...["ANNA", "ISAB", "HEA"].flatMap((text) =>
    [
      ...SORTS.map((sort) => ({ sort })),
      { shopify: "live" },
      { shopify: "failed" },
      { used: "no" },
      { impact: "planned" },
      { partner: BIG },
    ].map((beside) =>
      search(`“${text}” and ${Object.entries(beside).join()}`, () => ({ search: text, ...beside })),
    ),
  ),
];

const DEEP_PAGES: Case[] = SORTS.flatMap((sort) =>
  ["after", "before"].map((side) => ({
    kind: "deep_page",
    name: `${side} nine tenths down by ${sort}`,
    query: ({ deep }) => ({ sort, [side]: deep[sort] ?? "" }),
  })),
);

export const CASES: Case[] = [...FILTERS, ...SEARCHES, ...DEEP_PAGES];

const TIME = (column: string) => `(extract(epoch FROM ${column}) * 1000)::bigint || '-' || "code"`;
const LAST_USED = `COALESCE("lastUsedAt", '1970-01-01 00:00:00+00'::timestamptz)`;
const PLACES: Record<string, [place: string, order: string]> = {
  "-created": [TIME(`"createdAt"`), `"createdAt" DESC, "code" DESC`],
  created: [TIME(`"createdAt"`), `"createdAt", "code"`],
  code: [`"code"`, `"code"`],
  "-code": [`"code"`, `"code" DESC`],
  "-used": [TIME(LAST_USED), `${LAST_USED} DESC, "code" DESC`],
  used: [TIME(LAST_USED), `${LAST_USED}, "code"`],
};

export async function factsOf(pool: Pool, shop: string, codes: number): Promise<ShopFacts> {
  const read = async (sql: string, ...values: unknown[]) => {
    const { rows } = await pool.query<{ it: string }>(sql, [shop, ...values]);
    return rows.map(({ it }) => it);
  };
  const deep: Record<string, string> = {};
  for (const [sort, [place, order]] of Object.entries(PLACES)) {
    const found = `SELECT ${place} AS it FROM "Code" WHERE "shop" = $1 ORDER BY ${order} OFFSET $2 LIMIT 1`;
    [deep[sort] = ""] = await read(found, Math.floor(codes * 0.9));
  }
  const discounts = await read(
    `SELECT "id" AS it FROM "Discount" WHERE "shop" = $1 ORDER BY "createdAt"`,
  );
  const [aCode = ""] = await read(`SELECT "code" AS it FROM "Code" WHERE "shop" = $1 LIMIT 1`);
  return { discounts, deep, aCode };
}
