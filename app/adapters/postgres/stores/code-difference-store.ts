import { Prisma } from "@prisma/client";
import {
  CODE_KINDS,
  type CodeDifference,
  type CodeDifferenceKind,
} from "#app/core/code-differences/code-difference.ts";
import { isSayable } from "#app/core/codes/discount.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import type { CodeDifferenceStore } from "#app/core/ports/code-difference-stores.ts";
import type { Db } from "../prisma-client.ts";
import { toDiscount } from "./discount-columns.ts";
import { saveFamilies } from "./family-differences.ts";
import { saveGroups, SEEN_AGAIN } from "./group-differences.ts";

/** A run over one discount's codes looks at nothing else. */
const KINDS_OF_ONE = [
  "only-in-shopify",
  "works-though-failed",
  "past-its-end",
  "missing-in-shopify",
  "in-other-discount",
  "discount-deleted",
  "discount-deactivated",
];

export function createCodeDifferenceStore(db: Db): CodeDifferenceStore {
  return {
    async list(shop, { kind, after, limit }) {
      const later = after === null ? Prisma.empty : Prisma.sql`AND difference."subject" > ${after}`;
      return select(db, shop, Prisma.sql`difference."kind" = ${kind} ${later}`, limit);
    },

    async countByKind(shop) {
      const rows = await db.codeDifference.groupBy({
        by: ["kind"],
        where: { shop },
        _count: { _all: true },
      });
      return new Map(rows.map((row) => [row.kind as CodeDifferenceKind, row._count._all]));
    },

    async find(shop, { kind, subject }) {
      const one = Prisma.sql`difference."kind" = ${kind} AND difference."subject" = ${subject}`;
      return (await select(db, shop, one, 1))[0] ?? null;
    },

    async save(shop, runId, found, now) {
      if (found.length === 0) return;
      await db.$executeRaw`
        INSERT INTO "CodeDifference" ("shop", "kind", "subject", "codeId", "discountId", "ourPartnerId",
          "theirPartnerId", "promoCodeId", "familyId", "isShared", "endsHere", "endsThere",
          "creditPolicy", "startsThere", "codes", "familyCodes", "familyEndings", "seenBy", "foundAt")
        SELECT ${shop}, r.*, ${runId}::uuid, ${now}
        FROM jsonb_to_recordset(${JSON.stringify(found)}::jsonb)
          AS r("kind" text, "subject" text, "codeId" uuid, "discountId" uuid, "ourPartnerId" text,
               "theirPartnerId" text, "promoCodeId" text, "familyId" uuid, "isShared" boolean,
               "endsHere" timestamptz, "endsThere" timestamptz, "creditPolicy" text,
               "startsThere" timestamptz, "codes" int, "familyCodes" int, "familyEndings" int)
        ${SEEN_AGAIN}`;
    },

    saveGroups: (shop, runId, of, now) => saveGroups(db, shop, { runId, ...of }, now),
    saveFamilies: (shop, run, now) => saveFamilies(db, shop, run, now),

    async forgetUnseen(shop, { id, discountId }) {
      const seenBy = { not: id };
      const ofOne = discountId && { discountId, kind: { in: KINDS_OF_ONE } };
      const cut = await db.seenCode.findMany({ where: { shop, runId: id, side: "cut" } });
      const unread = cut.flatMap((row) => row.discountId ?? []);
      const NOT = { kind: "missing-in-shopify", discountId: { in: unread } };
      await db.codeDifference.deleteMany({ where: { shop, seenBy, ...ofOne, NOT } });
    },

    async remove(shop, { kind, subject }) {
      await db.codeDifference.deleteMany({ where: { shop, kind, subject } });
    },

    async removeOfCodes(shop, codes) {
      // A discount or a partner may be named as a code is.
      const where = { shop, kind: { in: [...CODE_KINDS] }, subject: { in: [...codes] } };
      await db.codeDifference.deleteMany({ where });
    },

    async saveProblems(shop, kind, problem) {
      await db.codeDifference.updateMany({ where: { shop, kind }, data: { problem } });
    },

    async saveProblem(shop, { kind, subject }, problem) {
      await db.codeDifference.updateMany({ where: { shop, kind, subject }, data: { problem } });
    },
  };
}

async function select(
  db: Db,
  shop: ShopDomain,
  condition: Prisma.Sql,
  limit: number,
): Promise<CodeDifference[]> {
  const name = (partnerId: string) => Prisma.sql`
    (SELECT partner."name" FROM "Partner" partner
     WHERE partner."shop" = ${shop} AND partner."partnerId" = difference.${Prisma.raw(partnerId)})`;
  const rows = await db.$queryRaw<Omit<CodeDifference, "isSayable">[]>`
    SELECT difference."kind", difference."subject", difference."codeId", difference."discountId",
      difference."ourPartnerId", difference."theirPartnerId", difference."promoCodeId",
      difference."familyId", difference."isShared", difference."endsHere", difference."endsThere",
      difference."creditPolicy", difference."startsThere",
      difference."codes", difference."familyCodes", difference."familyEndings", difference."problem",
      difference."foundAt", discount."title" AS "discountTitle",
      ${name('"ourPartnerId"')} AS "ourPartner", ${name('"theirPartnerId"')} AS "theirPartner"
    FROM "CodeDifference" difference
    LEFT JOIN "Discount" discount
      ON discount."id" = difference."discountId" AND discount."shop" = difference."shop"
    WHERE difference."shop" = ${shop} AND ${condition}
    ORDER BY difference."subject" LIMIT ${limit}`;
  const unsayable = await listUnsayable(db, shop, rows);
  return rows.map((row) => ({ ...row, isSayable: !unsayable.has(row.discountId ?? "") }));
}

/** The deleted discounts among these that have a term nobody can tell Shopify. */
async function listUnsayable(
  db: Db,
  shop: ShopDomain,
  rows: readonly Pick<CodeDifference, "kind" | "discountId">[],
): Promise<Set<string>> {
  const deleted = rows.filter(({ kind }) => kind === "discount-deleted");
  const ids = deleted.flatMap(({ discountId }) => discountId ?? []);
  if (ids.length === 0) return new Set();
  const discounts = await db.discount.findMany({ where: { shop, id: { in: ids } } });
  const unsayable = discounts.filter((row) => !isSayable(toDiscount(row)));
  return new Set(unsayable.map(({ id }) => id));
}
