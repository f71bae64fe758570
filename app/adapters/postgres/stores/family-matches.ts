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
import type { FamilyStore, OthersCode } from "#app/core/ports/family-stores.ts";
import type { Db } from "../prisma-client.ts";
import { selectedBy } from "./code-conditions.ts";
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
  const outlines = [...new Set(drafts.map(({ shape }) => outlineOf(shape)))];
  const owners = Object.fromEntries(drafts.map(({ shape, partnerId }) => [shape, partnerId]));
  const found: OthersCode[] = [];
  for (const round of roundsOf(outlines)) {
    if (found.length < MOST_NAMED) found.push(...(await othersCodesOf(db, shop, round, owners)));
  }
  return found;
}

export async function countFitting(
  db: Db,
  ...[shop, shapes, leaving]: Parameters<FamilyStore["countFitting"]>
): Promise<Map<Shape, number>> {
  const outlines = [...new Set(shapes.map((shape) => outlineOf(shape)))];
  const stays = leaving ? Prisma.sql`(${selectedBy(leaving)}) IS NOT TRUE` : Prisma.sql`TRUE`;
  const counts = new Map<Shape, number>();
  for (const round of roundsOf(outlines)) {
    // It is asked while somebody types: one pass, and the expression for codes of these shapes alone.
    const rows = await db.$queryRaw<{ shape: Shape; codes: number }[]>`
      SELECT given."shape", (count(*) FILTER (WHERE code."code" ~ ${byLength(round, asExpression)}))::int AS "codes"
      FROM unnest(${[...shapes]}::text[]) AS given("shape") JOIN (
        SELECT code."code", ${byLength(round, withStars)} AS "shape" FROM "Code" code
        WHERE code."shop" = ${shop} AND code."shopifyState" IN ('planned', 'live') AND ${stays}
        OFFSET 0
      ) code ON code."shape" = given."shape"
      GROUP BY 1`;
    for (const { shape, codes } of rows) if (codes > 0) counts.set(shape, codes);
  }
  return counts;
}

/** Outlines that are told apart by their lengths: mostly all of a pattern's are. */
function roundsOf(outlines: readonly Outline[]): Outline[][] {
  const rounds: Outline[][] = [];
  for (const alike of groupBy(outlines, ({ length }) => length).values()) {
    for (const [index, outline] of alike.entries()) (rounds[index] ??= []).push(outline);
  }
  return rounds;
}

/**
 * One pass over the shop's codes, whatever the planner knows of them: with stars where the outline of
 * its length has them, a code is looked up among the shapes, which give their partners.
 */
async function othersCodesOf(
  db: Db,
  shop: ShopDomain,
  outlines: readonly Outline[],
  owners: Record<Shape, PartnerId>,
): Promise<OthersCode[]> {
  const shape = byLength(outlines, withStars);
  const expression = byLength(outlines, asExpression);
  const rows = await db.$queryRaw<
    { shape: Shape; code: DiscountCode; partnerId: PartnerId | null; name: string | null }[]
  >`
    WITH given AS MATERIALIZED (SELECT ${JSON.stringify(owners)}::jsonb AS "owners"),
    shaped AS MATERIALIZED (
      SELECT code."id", code."code", ${shape} AS "shape" FROM "Code" code
      WHERE code."shop" = ${shop} AND code."shopifyState" <> 'retired'
    ),
    matched AS MATERIALIZED (
      SELECT code.*, given."owners" ->> code."shape" AS "owner" FROM given, shaped code
      WHERE code."shape" IS NOT NULL AND jsonb_exists(given."owners", code."shape")
        AND code."code" ~ ${expression}
    ), owned AS (
      SELECT matched.*, assignment."partnerId"
      FROM matched LEFT JOIN "Assignment" assignment
        ON assignment."codeId" = matched."id" AND assignment."endsAt" IS NULL
      UNION ALL
      -- Whose it is about to be.
      SELECT matched.*, batch."change" -> 'action' ->> 'partnerId'
      FROM matched JOIN "Change" change ON change."codeId" = matched."id"
      JOIN "Batch" batch ON batch."id" = change."batchId"
      WHERE change."state" = 'open' AND change."stage" = 'handing-over'
    )
    SELECT owned."shape", owned."code", owned."partnerId", partner."name"
    FROM owned LEFT JOIN "Partner" partner
      ON partner."shop" = ${shop} AND partner."partnerId" = owned."partnerId"
    WHERE owned."partnerId" IS DISTINCT FROM owned."owner"
    LIMIT ${MOST_NAMED}`;
  return rows.map(({ shape: matched, code, partnerId, name }) => ({
    ...{ shape: matched, code },
    partner: partnerId && { partnerId, name: name ?? `Partner ${partnerId}` },
  }));
}

/** Of a row called `code`, what goes with the outline of its length; null where there is none. */
function byLength(outlines: readonly Outline[], of: (outline: Outline) => Prisma.Sql): Prisma.Sql {
  const cases = outlines.map(
    (outline) => Prisma.sql`WHEN ${outline.length}::int THEN ${of(outline)}`,
  );
  return Prisma.sql`CASE length(code."code") ${Prisma.join(cases, " ")} END`;
}

function asExpression(outline: Outline): Prisma.Sql {
  return Prisma.sql`${expressionOf(outline)}::text`;
}

function withStars(outline: Outline): Prisma.Sql {
  const stretches = [...outline.matchAll(/\*+/g)];
  return stretches.reduce(
    (sql, { 0: stars, index }) =>
      Prisma.sql`overlay(${sql} placing ${stars} from ${index + 1}::int for ${stars.length}::int)`,
    Prisma.sql`code."code"`,
  );
}
