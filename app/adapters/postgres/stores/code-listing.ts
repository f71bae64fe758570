import { Prisma } from "@prisma/client";
import type { CodeSort } from "#app/core/codes/code-selection.ts";
import type { PartnerId } from "#app/core/ids.ts";
import type { CodeStore, ListedCode } from "#app/core/ports/code-stores.ts";
import type { Db } from "../prisma-client.ts";
import { LAST_USED, selectedBy } from "./code-conditions.ts";

type CodeListing = Pick<CodeStore, "pageListed" | "pageSelected" | "countSelected">;

/** A shop's codes by filter and sorting, a page at a time, however many there are. */
export function createCodeListing(db: Db): CodeListing {
  return {
    pageListed: (...asked) => pageListed(db, ...asked),

    async pageSelected(shop, selection, { after, limit }) {
      const rows = await db.$queryRaw<{ id: string; code: string }[]>`
        SELECT code."id", code."code" FROM "Code" code
        WHERE code."shop" = ${shop} AND ${selectedBy(selection)}
          AND ${after === null ? Prisma.sql`TRUE` : Prisma.sql`code."code" > ${after}`}
        ORDER BY code."code" LIMIT ${limit}`;
      const next = rows.length < limit ? null : (rows.at(-1)?.code ?? null);
      return { codeIds: rows.map(({ id }) => id), next };
    },

    async countSelected(shop, selection, { upTo } = {}) {
      const [row] = await db.$queryRaw<{ count: bigint }[]>`
        SELECT count(*) FROM (
          SELECT 1 FROM "Code" code WHERE code."shop" = ${shop} AND ${selectedBy(selection)}
          LIMIT ${upTo ?? null}) counted`;
      return Number(row?.count ?? 0);
    },
  };
}

type ListedRow = Omit<ListedCode, "partner"> & { partnerId: string | null; partner: string | null };

/** What is joined is looked up for the page alone. */
async function pageListed(
  db: Db,
  ...[shop, selection, { sort, beside, limit }]: Parameters<CodeStore["pageListed"]>
) {
  const isBefore = beside?.side === "before";
  const order = orderOf(sort, { isReversed: isBefore });
  const rows = await db.$queryRaw<ListedRow[]>`
    SELECT code."id", code."shop", code."code", code."discountId", code."shopifyState",
           code."shopifyProblem", code."liveAt", code."impactState", code."impactPromoCodeId",
           code."impactProblem", code."impactAttempts", code."leaseUntil", code."registeredAt",
           code."createdAt", code."lastUsedAt", code."partnerId", partner."name" AS "partner",
           (SELECT a."startsAt" FROM "Assignment" a
            WHERE a."codeId" = code."id" AND a."endsAt" IS NULL) AS "assignedSince",
           discount."title" AS "discountTitle"
    FROM (SELECT * FROM "Code" code
          WHERE code."shop" = ${shop} AND ${selectedBy(selection)}
            AND ${beside ? beyond(beside.place, sort, { isReversed: isBefore }) : Prisma.sql`TRUE`}
          ORDER BY ${order} LIMIT ${limit + 1}) code
    JOIN "Discount" discount ON discount."id" = code."discountId"
    LEFT JOIN "Partner" partner
      ON partner."shop" = code."shop" AND partner."partnerId" = code."partnerId"
    ORDER BY ${order}`;
  const isMore = rows.length > limit;
  const page = rows.slice(0, limit).map(toListed);
  const codes = isBefore ? page.toReversed() : page;
  // Whoever came from beside knows that there is something where they came from.
  const [hasPrevious, hasNext] = isBefore ? [isMore, true] : [beside !== null, isMore];
  return {
    codes,
    previous: hasPrevious ? placeOf(codes.at(0), sort) : null,
    next: hasNext ? placeOf(codes.at(-1), sort) : null,
  };
}

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

function toListed({ partnerId, partner, ...row }: ListedRow): ListedCode {
  return {
    ...row,
    partner: partnerId
      ? { partnerId: partnerId as PartnerId, name: partner ?? `Partner ${partnerId}` }
      : null,
  };
}
