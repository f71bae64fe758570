import { Prisma } from "@prisma/client";
import type { CodeFamily, FamilyDraft } from "#app/core/codes/families/code-family.ts";
import {
  expressionOf,
  outlineOf,
  project,
  type Outline,
  type Shape,
} from "#app/core/codes/families/family-shape.ts";
import { groupBy } from "#app/core/group-by.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "#app/core/ids.ts";
import type { OthersCode } from "#app/core/ports/family-stores.ts";
import type { Db } from "../prisma-client.ts";
import { selectFamilies } from "./select-families.ts";

/** The shapes a code may be of are worked out from the few outlines there are, and looked up. */
export async function findFor(
  db: Db,
  shop: ShopDomain,
  codes: readonly DiscountCode[],
): Promise<Map<DiscountCode, CodeFamily>> {
  const outlines = await db.$queryRaw<{ outline: Outline }[]>`
    SELECT DISTINCT regexp_replace("shape", '[^*]', '.', 'g') AS "outline"
    FROM "CodeFamily" WHERE "shop" = ${shop}`;
  const shapesOf = (code: DiscountCode) => outlines.map(({ outline }) => project(code, outline));
  const shapes = [...new Set(codes.flatMap(shapesOf))].filter((shape) => shape !== null);
  if (shapes.length === 0) return new Map();
  const found = await selectFamilies(db, shop, Prisma.sql`f."shape" = ANY(${shapes}::text[])`);
  const byShape = new Map<Shape | null, CodeFamily>(found.map((one) => [one.shape, one]));
  return new Map(
    codes.flatMap((code): [DiscountCode, CodeFamily][] => {
      const family = shapesOf(code).flatMap((shape) => byShape.get(shape) ?? [])[0];
      return family ? [[code, family]] : [];
    }),
  );
}

const MOST_NAMED = 10;

export async function findOthersCodes(
  db: Db,
  shop: ShopDomain,
  drafts: readonly FamilyDraft[],
): Promise<OthersCode[]> {
  const found: OthersCode[] = [];
  for (const [outline, those] of groupBy(drafts, ({ shape }) => outlineOf(shape))) {
    found.push(...(await othersCodesOf(db, shop, { outline, those })));
    if (found.length >= MOST_NAMED) break;
  }
  return found;
}

/** Codes with stars where the outline has them are joined with shapes; then the expression decides. */
async function othersCodesOf(
  db: Db,
  shop: ShopDomain,
  { outline, those }: { outline: Outline; those: readonly FamilyDraft[] },
): Promise<OthersCode[]> {
  const given = those.map((one) => ({ ...one, expression: expressionOf(one.shape) }));
  const rows = await db.$queryRaw<
    { shape: Shape; code: DiscountCode; partnerId: PartnerId | null; name: string | null }[]
  >`
    SELECT given."shape", code."code", assignment."partnerId", partner."name"
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      AS given("shape" text, "partnerId" text, "expression" text)
    JOIN "Code" code ON code."shop" = ${shop} AND code."shopifyState" <> 'retired'
      AND length(code."code") = ${outline.length}::int AND ${withStars(outline)} = given."shape"
      AND code."code" ~ given."expression"
    LEFT JOIN "Assignment" assignment
      ON assignment."codeId" = code."id" AND assignment."endsAt" IS NULL
    LEFT JOIN "Partner" partner
      ON partner."shop" = code."shop" AND partner."partnerId" = assignment."partnerId"
    WHERE assignment."partnerId" IS DISTINCT FROM given."partnerId"
    LIMIT ${MOST_NAMED}`;
  return rows.map(({ shape, code, partnerId, name }) => ({
    ...{ shape, code },
    partner: partnerId && { partnerId, name: name ?? `Partner ${partnerId}` },
  }));
}

function withStars(outline: Outline): Prisma.Sql {
  const stretches = [...outline.matchAll(/\*+/g)];
  return stretches.reduce(
    (sql, { 0: stars, index }) =>
      Prisma.sql`overlay(${sql} placing ${stars} from ${index + 1}::int for ${stars.length}::int)`,
    Prisma.sql`code."code"`,
  );
}
