import { Prisma } from "@prisma/client";
import type { CodeSelection, CodeSort } from "#app/core/codes/code-selection.ts";
import type { PartnerId, ShopDomain } from "#app/core/ids.ts";
import type { CodeStore, ListedCode } from "#app/core/ports/code-stores.ts";
import type { RawSql } from "../raw-sql.ts";
import { LAST_USED, selectedBy } from "./code-conditions.ts";
import { FILE_ID } from "./select-codes.ts";

type CodeListing = Pick<CodeStore, "pageListed" | "pageSelected" | "countSelected">;

/** A shop's codes by filter and sorting, a page at a time, however many there are. */
export function createCodeListing(sql: RawSql): CodeListing {
  return {
    pageListed: (...asked) => pageListed(sql, ...asked),

    async pageSelected(shop, selection, { after, limit }) {
      const rows = await sql.$queryRaw<{ id: string; code: string }[]>`
        SELECT code."id", code."code" FROM "Code" code
        WHERE ${matching(shop, selection)}
          AND ${after === null ? Prisma.sql`TRUE` : Prisma.sql`code."code" > ${after}`}
        ORDER BY code."code" LIMIT ${limit}`;
      const next = rows.length < limit ? null : (rows.at(-1)?.code ?? null);
      return { codeIds: rows.map(({ id }) => id), next };
    },

    countSelected: (shop, selection, { upTo = null } = {}) =>
      count(sql, matching(shop, selection), upTo),
  };
}

function matching(shop: ShopDomain, selection: CodeSelection): Prisma.Sql {
  return Prisma.sql`code."shop" = ${shop} AND ${selectedBy(selection)}`;
}

async function count(sql: RawSql, condition: Prisma.Sql, upTo: number | null): Promise<number> {
  const [row] = await sql.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM (
      SELECT 1 FROM "Code" code WHERE ${condition} LIMIT ${upTo}) counted`;
  return Number(row?.count ?? 0);
}

async function pageListed(
  sql: RawSql,
  ...[shop, selection, { sort, beside, limit, countUpTo }]: Parameters<CodeStore["pageListed"]>
) {
  const condition = matching(shop, selection);
  const isBefore = beside?.side === "before";
  const order = orderOf(sort, { isReversed: isBefore });
  const from = beside ? beyond(beside.place, sort, { isReversed: isBefore }) : Prisma.sql`TRUE`;
  const cut = Prisma.sql`${from} ORDER BY ${order} LIMIT ${limit + 1}`;
  const asked = { condition, cut, countUpTo, order: quickest(selection), sort };
  const few = await amongFew(sql, shop, asked);
  const found = few.matching < countUpTo ? byId(few.ids) : amongMany(condition, cut);
  const isNone = few.matching < countUpTo && few.ids.length === 0;
  const rows = isNone ? [] : await selectListed(sql, found, order);
  const page = rows.slice(0, limit);
  const codes = isBefore ? page.toReversed() : page;
  const isMore = rows.length > limit;
  // Whoever came from beside knows that there is something where they came from.
  const [hasPrevious, hasNext] = isBefore ? [isMore, true] : [beside !== null, isMore];
  return {
    codes,
    matching: few.matching,
    previous: hasPrevious ? placeOf(codes.at(0), sort) : null,
    next: hasNext ? placeOf(codes.at(-1), sort) : null,
  };
}

// Which of the two is quick depends on how many match, which PostgreSQL can't tell in advance.

interface Asked {
  condition: Prisma.Sql;
  cut: Prisma.Sql;
  countUpTo: number;
  order: Prisma.Sql;
  sort: CodeSort;
}

/**
 * A part of many codes is soonest met by reading on through codes as they were made, of few by the index of
 * parts: asked in that order, PostgreSQL weighs the two. Other filters have an index that begins with them.
 */
function quickest(selection: CodeSelection): Prisma.Sql {
  const hasText = selection.kind === "matching" && selection.filter.text;
  return hasText ? Prisma.sql`ORDER BY code."createdAt"` : Prisma.empty;
}

/**
 * They are found by what they have in common, counted, and then sorted; of many, none is. The indexes have
 * what that takes: no row is read of codes that are not on the page.
 */
async function amongFew(
  sql: RawSql,
  shop: ShopDomain,
  { condition, cut, countUpTo, order, sort }: Asked,
): Promise<{ matching: number; ids: string[] }> {
  const [row] = await sql.$queryRaw<{ matching: number; ids: string[] }[]>`
    WITH few AS MATERIALIZED (
      SELECT code."code", ${SORTED_BY[sort.by]} FROM "Code" code
      WHERE ${condition} ${order} LIMIT ${countUpTo})
    SELECT (SELECT count(*) FROM few)::int AS "matching",
           ARRAY(SELECT code."id" FROM "Code" code
                 WHERE code."shop" = ${shop} AND code."code" IN (
                   SELECT code."code" FROM few code
                   WHERE (SELECT count(*) FROM few) < ${countUpTo} AND ${cut}))::text[] AS "ids"`;
  return row ?? { matching: 0, ids: [] };
}

function byId(ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`SELECT unnest(${[...ids]}::uuid[]) AS "id"`;
}

/** The index of the sorting is read on until the page is full. */
function amongMany(condition: Prisma.Sql, cut: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`SELECT code."id" FROM "Code" code WHERE ${condition} AND ${cut}`;
}

type ListedRow = Omit<ListedCode, "partner"> & { partnerId: string | null; partner: string | null };

/** What is joined is looked up for the page alone. */
async function selectListed(
  sql: RawSql,
  found: Prisma.Sql,
  order: Prisma.Sql,
): Promise<ListedCode[]> {
  const rows = await sql.$queryRaw<ListedRow[]>`
    SELECT code."id", code."shop", code."code", code."discountId", code."shopifyState",
           code."shopifyProblem", code."liveAt", code."impactState", code."impactPromoCodeId",
           code."registeredAs", code."impactProblem", code."impactAttempts", code."leaseUntil", code."registeredAt",
           code."endsAt", code."reach", code."familyId", ${FILE_ID} AS "fileId",
           code."createdAt", code."lastUsedAt", code."partnerId", partner."name" AS "partner",
           (SELECT a."startsAt" FROM "Assignment" a
            WHERE a."codeId" = code."id" AND a."endsAt" IS NULL) AS "assignedSince",
           discount."title" AS "discountTitle"
    FROM (${found}) found
    JOIN "Code" code ON code."id" = found."id"
    JOIN "Discount" discount ON discount."id" = code."discountId"
    LEFT JOIN "Partner" partner
      ON partner."shop" = code."shop" AND partner."partnerId" = code."partnerId"
    ORDER BY ${order}`;
  return rows.map(({ partnerId, partner, ...row }) => ({
    ...row,
    partner: partnerId
      ? { partnerId: partnerId as PartnerId, name: partner ?? `Partner ${partnerId}` }
      : null,
  }));
}

const SORTED_BY = {
  code: Prisma.sql`TRUE`,
  created: Prisma.sql`code."createdAt"`,
  used: Prisma.sql`code."lastUsedAt"`,
};

const COLUMNS = {
  created: Prisma.sql`code."createdAt"`,
  used: LAST_USED,
};

function orderOf({ by, descending }: CodeSort, { isReversed }: { isReversed: boolean }) {
  const direction = descending === isReversed ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const text = Prisma.sql`code."code" ${direction}`;
  return by === "code" ? text : Prisma.sql`${COLUMNS[by]} ${direction}, ${text}`;
}

/** A place that was tampered with is the beginning of all. */
function beyond(
  place: string,
  { by, descending }: CodeSort,
  { isReversed }: { isReversed: boolean },
): Prisma.Sql {
  const than = descending === isReversed ? Prisma.sql`>` : Prisma.sql`<`;
  if (by === "code") return Prisma.sql`code."code" ${than} ${place}`;
  // 14 digits end in the year 5138; the database knows no year of five digits.
  const [, time, code] = /^(\d{1,14})-(.+)$/s.exec(place) ?? [];
  if (time === undefined) return Prisma.sql`TRUE`;
  return Prisma.sql`(${COLUMNS[by]}, code."code") ${than} (${new Date(Number(time))}, ${code})`;
}

function placeOf(code: ListedCode | undefined, { by }: CodeSort): string | null {
  if (!code) return null;
  if (by === "code") return code.code;
  const at = by === "created" ? code.createdAt : code.lastUsedAt;
  return `${at?.getTime() ?? 0}-${code.code}`;
}
