import { Prisma } from "@prisma/client";
import type { KnownCode } from "#app/core/attribution/attribution.ts";
import type { DiscountCode, OrderId, PartnerId } from "#app/core/ids.ts";
import type { CodeStore, Cover, OwnCode } from "#app/core/ports/code-stores.ts";
import type { Db } from "../prisma-client.ts";
import type { RawSql } from "../raw-sql.ts";
import { alwaysOf, ranAt } from "./always-spans.ts";
import { LEFT_ENDED, NEEDING_CLICK, REGISTERED_NOT_ALWAYS } from "./code-conditions.ts";
import { createCodeListing } from "./code-listing.ts";
import { countCodes, createDiscountCodes } from "./discount-codes.ts";
import { IS_CHANGING } from "./is-changing.ts";
import { keysOf } from "./keyed-rows.ts";
import { selectCodes } from "./select-codes.ts";
import { createStandingCodes } from "./standing-codes.ts";

/** What every order asks of the codes on it. */
export function createCodeReads(sql: RawSql): Pick<CodeStore, "knownOn" | "listCovers" | "hold"> {
  return {
    knownOn: (shop, orders) => knownOn(sql, shop, orders),
    listCovers: (shop, orders) => listCovers(sql, shop, orders),
    async hold(shop, codes) {
      await sql.$queryRaw`
        SELECT FROM "Code" WHERE "shop" = ${shop} AND "code" = ANY(${codes}::text[])
        ORDER BY "code" FOR SHARE`;
    },
  };
}

export function createCodeStore(db: Db, sql: RawSql): CodeStore {
  return {
    ...createCodeReads(sql),
    async find(shop, codeId) {
      const rows = await selectCodes(db, shop, Prisma.sql`code."id" = ${codeId}::uuid`);
      return rows[0] ?? null;
    },
    async findByCode(shop, code) {
      const rows = await selectCodes(db, shop, Prisma.sql`code."code" = ${code}`);
      return rows[0] ?? null;
    },
    ...createDiscountCodes(db),
    ...createCodeListing(sql),
    ...createStandingCodes(db),
    async listTaken(shop, codes) {
      const rows = await sql.$queryRaw<{ code: DiscountCode }[]>`
        SELECT "code" FROM "Code" WHERE "shop" = ${shop} AND "code" = ANY(${[...codes]}::text[])`;
      return rows.map(({ code }) => code);
    },
    listOwn: (shop, codes) => listOwn(db, shop, codes),
    async listEnded(shop, now, limit) {
      const rows = await db.$queryRaw<{ id: string }[]>`
        SELECT code."id" FROM "Code" code
        WHERE code."shop" = ${shop} AND code."endsAt" <= ${now} AND code."shopifyState" = 'live'
          AND NOT EXISTS (SELECT FROM "Change" change JOIN "Batch" batch ON batch."id" = change."batchId"
                          WHERE change."codeId" = code."id" AND (${IS_CHANGING}
                            OR (change."state" = 'failed' AND batch."kind" = 'retire'
                              AND change."doneAt" >= GREATEST(code."endsAt", code."liveAt"))))
        ORDER BY code."endsAt", code."code" LIMIT ${limit}`;
      return rows.map(({ id }) => id);
    },
    async listLeftEnded(shop, discountId, now) {
      const rows = await db.$queryRaw<{ id: string }[]>`
        SELECT code."id" FROM "Code" code
        WHERE code."shop" = ${shop} AND code."discountId" = ${discountId}::uuid AND ${LEFT_ENDED}
          AND (code."endsAt" IS NULL OR code."endsAt" > ${now})
        ORDER BY code."createdAt", code."code"`;
      return rows.map(({ id }) => id);
    },
    // The condition of an index of these alone.
    listNotAlways: (shop, limit) =>
      sql.$queryRaw`
        SELECT code."id" AS "codeId", code."code", code."reach" FROM "Code" code
        WHERE code."shop" = ${shop} AND ${NEEDING_CLICK} ORDER BY code."code" LIMIT ${limit}`,
    async listNeedingClick(shop, codes) {
      const rows = await sql.$queryRaw<{ code: DiscountCode }[]>`
        SELECT code."code" FROM "Code" code
        WHERE code."shop" = ${shop} AND code."code" = ANY(${[...codes]}::text[])
          AND ${REGISTERED_NOT_ALWAYS}`;
      return rows.map(({ code }) => code);
    },
    listAlwaysPartners: (shop, now, limit) =>
      sql.$queryRaw`
        SELECT partner."partnerId", partner."name" FROM "Partner" partner
        WHERE partner."shop" = ${shop}
          AND EXISTS (${alwaysOf("partner")} AND ${ranAt(Prisma.sql`${now}::timestamptz`)})
        ORDER BY partner."name", partner."partnerId" LIMIT ${limit}`,
    async listTexts(shop, limit) {
      const orderBy = { createdAt: "desc" } as const;
      const select = { code: true };
      const rows = await db.code.findMany({ where: { shop }, orderBy, select, take: limit });
      return rows.map(({ code }) => code as DiscountCode);
    },
    async listUnregistered(shop, now) {
      const rows = await db.$queryRaw<{ id: string }[]>`
        SELECT code."id" FROM "Code" code
        JOIN "Discount" discount ON discount."id" = code."discountId"
        WHERE code."shop" = ${shop} AND code."shopifyState" = 'live'
          AND code."impactState" IN ('planned', 'expired') AND code."familyId" IS NULL
          AND NOT COALESCE(code."impactState" = 'expired'
                           AND LEAST(discount."endsAt", code."endsAt") <= ${now}, FALSE)
        ORDER BY code."createdAt", code."code"`;
      return rows.map(({ id }) => id);
    },
    async forgetRegistrations(shop) {
      await db.code.updateMany({
        where: { shop, impactState: "registered" },
        data: { impactState: "planned", impactPromoCodeId: null, registeredAt: null },
      });
      const spelled = { shop, registeredAs: { not: null } };
      await db.code.updateMany({ where: spelled, data: { registeredAs: null } });
    },

    async assign(shop, codeId, { partnerId, startsAt }) {
      await db.$executeRaw`
        INSERT INTO "Assignment" AS a ("id", "shop", "codeId", "partnerId", "startsAt")
        SELECT gen_random_uuid(), code."shop", code."id", ${partnerId}, GREATEST(${startsAt}::timestamptz,
          (SELECT max("endsAt") FROM "Assignment" past WHERE past."codeId" = code."id"))
        FROM "Code" code WHERE code."shop" = ${shop} AND code."id" = ${codeId}::uuid
        ON CONFLICT ("codeId") WHERE "endsAt" IS NULL DO UPDATE
        SET "startsAt" = LEAST(a."startsAt", EXCLUDED."startsAt")
        WHERE a."partnerId" = EXCLUDED."partnerId"`;
    },

    async findLastPartner(shop, codeId) {
      // One without an end comes first.
      const rows = await db.$queryRaw<{ partnerId: PartnerId }[]>`
        SELECT "partnerId" FROM "Assignment"
        WHERE "shop" = ${shop} AND "codeId" = ${codeId}::uuid
        ORDER BY "endsAt" DESC NULLS FIRST, "startsAt" DESC LIMIT 1`;
      return rows[0]?.partnerId ?? null;
    },

    count: (shop) => countCodes(db, shop, Prisma.sql`TRUE`),

    async saveShopifyState(shop, codeId, { state, problem }, now) {
      await db.code.updateMany({
        where: { shop, id: codeId },
        data: {
          shopifyState: state,
          shopifyProblem: problem,
          ...(state === "live" && { liveAt: now }),
        },
      });
    },

    async listToRegister(shop, codeIds) {
      const rows = await sql.$queryRaw<{ id: string }[]>`
        SELECT code."id" FROM ${keysOf(shop, "id", codeIds)} given
        JOIN "Code" code ON code."id" = given."id" AND code."shop" = given."shop"
        WHERE code."shopifyState" = 'live' AND code."impactState" <> 'registered' AND NOT code."isHeld"
          AND NOT EXISTS (SELECT FROM "FileCode" file
                          WHERE file."codeId" = code."id" AND file."state" = 'waiting')`;
      const found = new Set(rows.map(({ id }) => id));
      return codeIds.filter((id) => found.has(id));
    },

    async claimForRegistration(shop, codeId, { now, until }) {
      const { count } = await db.code.updateMany({
        where: {
          shop,
          id: codeId,
          impactState: { not: "registered" },
          isHeld: false,
          OR: [{ leaseUntil: null }, { leaseUntil: { lte: now } }],
        },
        data: { leaseUntil: until, impactAttempts: { increment: 1 } },
      });
      if (count === 0) return null;
      const [code] = await selectCodes(db, shop, Prisma.sql`code."id" = ${codeId}::uuid`);
      if (!code) return null;
      // Read after the lease is there: who puts codes into a file leaves out those with one.
      const impactAttempts = code.impactAttempts - 1;
      if (code.fileId === null) return { ...code, impactAttempts, leaseUntil: until };
      await db.code.updateMany({
        where: { shop, id: codeId, leaseUntil: until },
        data: { leaseUntil: null, impactAttempts },
      });
      return null;
    },

    async saveImpactState(shop, held, { state, problem, promoCodeId, ...told }, now) {
      const { attempts, registeredAs, registeredFrom = null } = told;
      const { id, leaseUntil } = held;
      const { count } = await db.code.updateMany({
        where: {
          ...{ shop, id, leaseUntil, impactState: { not: "registered" } },
          NOT: { impactState: "expired", shopifyState: "retired" },
        },
        data: {
          leaseUntil: null,
          impactState: state,
          impactProblem: problem,
          impactAttempts: attempts,
          ...(promoCodeId && { impactPromoCodeId: promoCodeId }),
          ...(registeredAs !== undefined && { registeredAs }),
          ...(state === "registered" && { registeredAt: now, registeredFrom }),
        },
      });
      return count > 0;
    },
  };
}

async function listCovers(sql: RawSql, ...[shop, orders]: Parameters<CodeStore["listCovers"]>) {
  const rows = await sql.$queryRaw<(Cover & { id: string })[]>`
    SELECT used."id",
           code."impactState" = 'registered' OR COALESCE(code."registeredUntil" > used."placedAt", false)
             AS "isRegistered",
           CASE WHEN code."familyId" IS NULL AND code."registeredFrom" > used."placedAt"
                  AND NOT COALESCE(code."registeredUntil" > used."placedAt", false)
                THEN code."registeredFrom" END AS "beginsAt",
           CASE WHEN code."impactState" = 'registered' AND current."partnerId" <> used."partnerId"
                  AND NOT COALESCE(code."registeredUntil" > used."placedAt", false)
                THEN COALESCE(partner."name", 'partner ' || current."partnerId") END AS "paysInstead",
           code."shopifyState" = 'retired' AND code."impactState" = 'expired' AS "isGone",
           CASE WHEN code."familyId" IS NULL THEN code."registeredAs" END AS "registeredAs",
           COALESCE(assignment."partnerId" <> used."partnerId", false) AS "isAnothers",
           CASE WHEN ${LEFT_ENDED} THEN code."id" END AS "leftEndedId"
    FROM json_to_recordset(${JSON.stringify(orders)}::text::json)
      AS used("id" text, "code" text, "partnerId" text, "placedAt" timestamptz)
    JOIN "Code" code ON code."shop" = ${shop} AND code."code" = used."code"
    LEFT JOIN "Assignment" assignment
      ON assignment."codeId" = code."id" AND assignment."startsAt" <= used."placedAt"
      AND (assignment."endsAt" IS NULL OR assignment."endsAt" > used."placedAt")
    LEFT JOIN "Assignment" current
      ON current."codeId" = code."id" AND current."endsAt" IS NULL
    LEFT JOIN "Partner" partner
      ON partner."shop" = code."shop" AND partner."partnerId" = current."partnerId"`;
  return new Map(rows.map(({ id, ...cover }) => [id, cover]));
}

async function listOwn(db: Db, ...[shop, codes]: Parameters<CodeStore["listOwn"]>) {
  const rows = await db.$queryRaw<
    (Omit<OwnCode, "partner"> & { partnerId: PartnerId | null; name: string | null })[]
  >`
    SELECT code."code", code."discountId", discount."title" AS "discountTitle",
           code."shopifyState", code."liveAt" IS NOT NULL AS "wasLive",
           code."endsAt", code."reach", assignment."partnerId", assignment."startsAt", partner."name"
    FROM "Code" code
    JOIN "Discount" discount ON discount."id" = code."discountId"
    LEFT JOIN "Assignment" assignment
      ON assignment."codeId" = code."id" AND assignment."endsAt" IS NULL
    LEFT JOIN "Partner" partner
      ON partner."shop" = code."shop" AND partner."partnerId" = assignment."partnerId"
    WHERE code."shop" = ${shop} AND code."code" = ANY(${[...codes]}::text[])`;
  return rows.map(({ partnerId, name, ...own }): OwnCode => ({
    ...own,
    partner: partnerId ? { partnerId, name: name ?? `Partner ${partnerId}` } : null,
  }));
}

async function knownOn(sql: RawSql, ...[shop, orders]: Parameters<CodeStore["knownOn"]>) {
  const typed = orders.flatMap(({ orderId, codes, placedAt }) =>
    codes.map((code) => ({ orderId, code, placedAt })),
  );
  const known = new Map<OrderId, KnownCode[]>();
  if (typed.length === 0) return known;
  const rows = await sql.$queryRaw<(Parameters<typeof toKnownCode>[0] & { orderId: string })[]>`
    SELECT typed."orderId", code."code", code."discountId", assignment."partnerId", partner."name",
      NULLIF(code."reach", 'ALWAYS') AS "needsClick"
    FROM json_to_recordset(${JSON.stringify(typed)}::text::json)
      AS typed("orderId" text, "code" text, "placedAt" timestamptz)
    JOIN "Code" code ON code."shop" = ${shop} AND code."code" = typed."code"
      AND code."shopifyState" <> 'failed'
    LEFT JOIN "Assignment" assignment
      ON assignment."codeId" = code."id" AND assignment."startsAt" <= typed."placedAt"
      AND (assignment."endsAt" IS NULL OR assignment."endsAt" > typed."placedAt")
    LEFT JOIN "Partner" partner
      ON partner."shop" = code."shop" AND partner."partnerId" = assignment."partnerId"`;
  for (const row of rows) {
    const orderId = row.orderId as OrderId;
    known.set(orderId, [...(known.get(orderId) ?? []), toKnownCode(row)]);
  }
  return known;
}

function toKnownCode(row: {
  code: string;
  discountId: string;
  partnerId: string | null;
  name: string | null;
  needsClick: KnownCode["needsClick"] | null;
}): KnownCode {
  const { discountId, partnerId, name, needsClick } = row;
  return {
    code: row.code as DiscountCode,
    discountId,
    partner: partnerId
      ? { partnerId: partnerId as PartnerId, name: name ?? `Partner ${partnerId}` }
      : null,
    ...(needsClick && { needsClick }),
  };
}
