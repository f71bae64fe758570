import { Prisma } from "@prisma/client";
import type { FamilyStore } from "#app/core/ports/family-stores.ts";
import type { Db } from "../prisma-client.ts";
import { thoseOf } from "./discount-codes.ts";
import { countFitting, findFor, findOthersCodes } from "./family-matches.ts";
import { createFamiliesElsewhere } from "./families-elsewhere.ts";
import { createFamilyEnds } from "./family-ends.ts";
import { holdFamilies } from "./hold-families.ts";
import { selectFamilies } from "./select-families.ts";

/** impact.com is to be told of them, or to be asked. */
const UNREGISTERED = ["planned", "failed"];

export function createFamilyStore(db: Db): FamilyStore {
  return {
    ...createFamilyEnds(db),
    ...createFamiliesElsewhere(db),
    hold: (shop, purpose) => holdFamilies(db, shop, purpose),

    findFor: (shop, codes) => findFor(db, shop, codes),
    findOthersCodes: (shop, drafts) => findOthersCodes(db, shop, drafts),

    countFitting: (...asked) => countFitting(db, ...asked),

    list: (shop) => selectFamilies(db, shop, Prisma.sql`TRUE`),

    async plan(shop, drafts, now) {
      const given = drafts.map(({ partnerId, shape }) => ({
        ...{ shop, partnerId, shape, state: "planned", createdAt: now },
      }));
      await db.codeFamily.createMany({ data: given, skipDuplicates: true });
      const shape = { in: drafts.map((draft) => draft.shape) };
      return idsOf(db, { shop, shape, state: { in: UNREGISTERED } });
    },

    async find(shop, familyId) {
      const [family] = await selectFamilies(db, shop, Prisma.sql`f."id" = ${familyId}::uuid`);
      return family ?? null;
    },

    async claim(shop, familyId, { now, until }) {
      const { count } = await db.codeFamily.updateMany({
        where: {
          ...{ shop, id: familyId, state: { in: UNREGISTERED } },
          OR: [{ leaseUntil: null }, { leaseUntil: { lte: now } }],
        },
        data: { leaseUntil: until, attempts: { increment: 1 } },
      });
      if (count === 0) return null;
      const [family] = await selectFamilies(db, shop, Prisma.sql`f."id" = ${familyId}::uuid`);
      return family ? { ...family, attempts: family.attempts - 1, leaseUntil: until } : null;
    },

    saveState: (...saved) => saveState(db, ...saved),
    follow: (...followed) => follow(db, ...followed),

    async planFailed(shop, of) {
      const rows = await db.$queryRaw<{ id: string }[]>`
        UPDATE "CodeFamily" f
        SET "state" = 'planned', "problem" = NULL, "leaseUntil" = NULL,
            "attempts" = LEAST("attempts", 1)
        WHERE f."shop" = ${shop} AND f."state" = 'failed'
          AND EXISTS (SELECT FROM "Code" code WHERE code."familyId" = f."id"
                      AND code."shop" = f."shop" AND ${thoseOf(of)})
        RETURNING f."id"`;
      return rows.map(({ id }) => id);
    },

    listUnregistered: (shop) => idsOf(db, { shop, state: { in: UNREGISTERED } }),

    async forgetRegistrations(shop) {
      await db.codeFamily.deleteMany({ where: { shop, state: "ending" } });
      await db.codeFamily.updateMany({
        where: { shop, state: "registered" },
        data: { state: "planned", promoCodeId: null, registeredAt: null },
      });
    },

    async countForBatch(shop, batchId) {
      const [row] = await db.$queryRaw<{ all: bigint; registered: bigint; failed: bigint }[]>`
        SELECT count(*) AS "all", count(*) FILTER (WHERE f."state" = 'registered') AS "registered",
               count(*) FILTER (WHERE f."state" = 'failed') AS "failed"
        FROM "CodeFamily" f
        WHERE f."shop" = ${shop} AND f."id" IN (
          SELECT code."familyId" FROM "Code" code
          WHERE code."shop" = ${shop} AND code."batchId" = ${batchId}::uuid)`;
      const { all = 0, registered = 0, failed = 0 } = row ?? {};
      return { all: Number(all), registered: Number(registered), failed: Number(failed) };
    },
  };
}

async function idsOf(db: Db, where: Prisma.CodeFamilyWhereInput): Promise<string[]> {
  const orderBy = [{ createdAt: "asc" as const }, { shape: "asc" as const }];
  const rows = await db.codeFamily.findMany({ where, orderBy, select: { id: true } });
  return rows.map(({ id }) => id);
}

async function saveState(db: Db, ...[shop, family, now]: Parameters<FamilyStore["saveState"]>) {
  const { id, state, promoCodeId, problem, attempts, leaseUntil } = family;
  const isRegistered = state === "registered";
  // The family first: codes that go live at this moment wait for it, or it for them.
  const { count } = await db.codeFamily.updateMany({
    where: { shop, id, leaseUntil, state: { in: UNREGISTERED } },
    data: {
      ...{ state, promoCodeId, problem, attempts, leaseUntil: null },
      registeredAt: isRegistered ? now : null,
    },
  });
  if (count > 0 && state !== "planned") {
    await takeOver(db, shop, codesOfFamily(id), now);
  }
  return count > 0;
}

async function follow(db: Db, ...[shop, codeIds, now]: Parameters<FamilyStore["follow"]>) {
  const those = await db.$queryRaw<{ id: string; familyId: string | null }[]>`
    SELECT code."id", code."familyId" FROM ${byKey(codeIds)} code WHERE code."shop" = ${shop}`;
  const familyIds = [...new Set(those.flatMap(({ familyId }) => familyId ?? []))];
  // Whoever ends a registration at this moment comes before, or waits and then finds these codes.
  const families = await db.$queryRaw<{ state: string }[]>`
    SELECT f."state" FROM "CodeFamily" f
    WHERE f."shop" = ${shop} AND f."id" = ANY(${familyIds}::uuid[]) ORDER BY f."id" FOR SHARE`;
  if (families.some(({ state }) => state === "registered" || state === "failed")) {
    await takeOver(db, shop, byKey(codeIds), now);
  }
  return those.flatMap(({ id, familyId }) => (familyId === null ? [id] : []));
}

/** OFFSET 0 keeps it a look-up by key: PostgreSQL reads a whole shop while it believes that small. */
function byKey(codeIds: readonly string[]): Prisma.Sql {
  return Prisma.sql`unnest(${[...codeIds]}::uuid[]) AS given("id") CROSS JOIN LATERAL (
    SELECT * FROM "Code" WHERE "Code"."id" = given."id" OFFSET 0)`;
}

function codesOfFamily(familyId: string): Prisma.Sql {
  return Prisma.sql`unnest(ARRAY[${familyId}::uuid]) AS given("id") CROSS JOIN LATERAL (
    SELECT * FROM "Code" WHERE "Code"."familyId" = given."id" OFFSET 0)`;
}

/**
 * Of `those` codes the live ones are as their families are that have come to an end. Each row is found by
 * its key, since an index of a whole shop's states looks small until the table is first analysed. The
 * registration's id stays the family's alone: whoever expired it would expire all its codes.
 */
async function takeOver(db: Db, shop: string, those: Prisma.Sql, now: Date): Promise<void> {
  await db.$executeRaw`
    UPDATE "Code" code
    SET "impactState" = f."state", "impactProblem" = f."problem",
        "registeredAt" = CASE WHEN f."state" = 'registered' THEN ${now}::timestamptz END
    FROM "CodeFamily" f
    -- As an array: joined with them, the whole table was read for each part of a new shop's batch.
    WHERE code."id" = ANY(ARRAY(SELECT code."id" FROM ${those} code
                                WHERE code."shop" = ${shop} AND code."familyId" IS NOT NULL))
      AND code."familyId" = f."id" AND f."shop" = ${shop}
      AND code."shopifyState" = 'live' AND code."impactState" IN ('planned', 'failed')
      AND f."state" IN ('registered', 'failed')`;
}
