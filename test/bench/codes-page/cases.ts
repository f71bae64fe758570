import type { Pool } from "pg";

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
const MIDDLE = "10060";
const SMALL = "10450";

const filter = (name: string, query: Case["query"]): Case => ({ kind: "filter", name, query });

/** Each state, each kind of partner, and what a merchant would ask for by several at once. */
const FILTERS: Case[] = [
  filter("all codes", () => ({})),
  ...[BIG, MIDDLE, SMALL, "none"].map((partner) =>
    filter(`partner ${partner}`, () => ({ partner })),
  ),
  ...[0, 10, 19].map((at) =>
    filter(`discount ${at}`, ({ discounts }) => ({ discount: discounts[at] ?? "" })),
  ),
  ...["live", "planned", "failed", "retired"].map((shopify) =>
    filter(shopify, () => ({ shopify })),
  ),
  ...["registered", "planned", "failed", "expired", "unregistered"].map((impact) =>
    filter(`impact.com ${impact}`, () => ({ impact })),
  ),
  ...["yes", "no"].map((used) => filter(`used ${used}`, () => ({ used }))),
  filter("live and unused", () => ({ shopify: "live", used: "no" })),
  filter("live, not registered", () => ({ shopify: "live", impact: "unregistered" })),
  filter("a partner's live and unused", () => ({ partner: BIG, shopify: "live", used: "no" })),
  filter("a discount's of a partner", ({ discounts }) => ({
    discount: discounts[3] ?? "",
    partner: BIG,
  })),
  filter("a discount's failed", ({ discounts }) => ({
    discount: discounts[12] ?? "",
    shopify: "failed",
  })),
  filter("retired by code", () => ({ shopify: "retired", sort: "code" })),
  filter("a discount's by last use", ({ discounts }) => ({
    discount: discounts[10] ?? "",
    sort: "-used",
  })),
  filter("a partner's by code", () => ({ partner: BIG, sort: "code" })),
  filter("all by last use", () => ({ sort: "-used" })),
];

const search = (name: string, query: Case["query"]): Case => ({ kind: "search", name, query });

/** What stands in the field while somebody types, what is rare, what is nowhere, and beside filters. */
const SEARCHES: Case[] = [
  ...["A", "AN", "ANN", "ANNA", "ANNA-", "ISAB", "F3A", "ZZZQ"].map((text) =>
    search(`“${text}”`, () => ({ search: text })),
  ),
  search("a whole code", ({ aCode }) => ({ search: aCode })),
  search("“ANNA” by code", () => ({ search: "ANNA", sort: "code" })),
  search("“ISAB” and live", () => ({ search: "ISAB", shopify: "live" })),
  search("“ANNA” and failed", () => ({ search: "ANNA", shopify: "failed" })),
];

const DEEP_PAGES: Case[] = ["-created", "created", "code", "-code", "-used"].map((sort) => ({
  kind: "deep_page",
  name: `nine tenths down by ${sort}`,
  query: ({ deep }) => ({ sort, after: deep[sort] ?? "" }),
}));

export const CASES: Case[] = [...FILTERS, ...SEARCHES, ...DEEP_PAGES];

const TIME = (column: string) => `(extract(epoch FROM ${column}) * 1000)::bigint || '-' || "code"`;
const LAST_USED = `COALESCE("lastUsedAt", '1970-01-01 00:00:00+00'::timestamptz)`;
const PLACES: Record<string, [place: string, order: string]> = {
  "-created": [TIME(`"createdAt"`), `"createdAt" DESC, "code" DESC`],
  created: [TIME(`"createdAt"`), `"createdAt", "code"`],
  code: [`"code"`, `"code"`],
  "-code": [`"code"`, `"code" DESC`],
  "-used": [TIME(LAST_USED), `${LAST_USED} DESC, "code" DESC`],
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
