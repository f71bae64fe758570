import type { Batch as BatchRow, Discount as DiscountRow } from "@prisma/client";
import type { Batch, Discount, DiscountTerms, DiscountValue } from "#app/core/codes/discount.ts";
import { isRowId, type ShopDomain } from "#app/core/ids.ts";
import type { DiscountStore } from "#app/core/ports/code-stores.ts";
import type { Db } from "../prisma-client.ts";

export function createDiscountStore(db: Db): DiscountStore {
  return {
    async create(shop, { draftKey, terms, codes }, now) {
      const inserted = await db.discount.createManyAndReturn({
        data: [{ ...termsColumns(terms), shop, draftKey, createdAt: now }],
        skipDuplicates: true,
        select: { id: true },
      });
      const discountId = inserted[0]?.id;
      if (!discountId) return findMade(db, shop, draftKey);

      const rows = await db.code.createManyAndReturn({
        data: codes.map(({ code }) => ({
          shop,
          code,
          discountId,
          shopifyState: "planned",
          impactState: "planned",
          createdAt: now,
        })),
        select: { id: true, code: true },
      });
      const partnerOf = new Map(codes.map(({ code, partnerId }) => [code as string, partnerId]));
      await db.assignment.createMany({
        data: rows.map(({ id, code }) => ({
          shop,
          codeId: id,
          partnerId: partnerOf.get(code) ?? "",
          startsAt: wholeSecond(now),
        })),
      });
      const batch = await db.batch.create({
        data: { shop, discountId, state: "running", createdAt: now },
        select: { id: true },
      });
      return { discountId, batchId: batch.id, isNew: true };
    },

    async adopt(shop, { shopifyId, terms, code }, now) {
      const discountId = await adoptDiscount(db, shop, { shopifyId, terms }, now);
      await db.code.createMany({
        data: [
          {
            shop,
            code,
            discountId,
            shopifyState: "live",
            liveAt: now,
            impactState: "planned",
            createdAt: now,
          },
        ],
        skipDuplicates: true,
      });
    },

    async find(shop, discountId) {
      if (!isRowId(discountId)) return null;
      const row = await db.discount.findFirst({ where: { shop, id: discountId } });
      return row && toDiscount(row);
    },

    async findByDraftKey(shop, draftKey) {
      const where = { shop_draftKey: { shop, draftKey } };
      const row = await db.discount.findUnique({ where, select: { id: true } });
      return row?.id ?? null;
    },

    async list(shop) {
      const rows = await db.discount.findMany({
        where: { shop },
        orderBy: { createdAt: "desc" },
        include: { codes: { select: { shopifyState: true, impactState: true } } },
      });
      return rows.map(({ codes, ...row }) => ({
        ...toDiscount(row),
        codes: codes.length,
        live: codes.filter(({ shopifyState }) => shopifyState === "live").length,
        registered: codes.filter(({ impactState }) => impactState === "registered").length,
        failed: codes.filter(
          (code) => code.shopifyState === "failed" || code.impactState === "failed",
        ).length,
      }));
    },

    async saveShopifyId(shop, discountId, shopifyId) {
      await db.discount.updateMany({ where: { shop, id: discountId }, data: { shopifyId } });
    },

    async findBatch(shop, batchId) {
      const row = await db.batch.findFirst({ where: { shop, id: batchId } });
      return row && toBatch(row);
    },

    async newestBatch(shop, discountId) {
      const row = await db.batch.findFirst({
        where: { shop, discountId },
        orderBy: { createdAt: "desc" },
      });
      return row && toBatch(row);
    },

    async saveBatch(shop, { id, state, bulkCreationId, attempts, problem, finishedAt }) {
      await db.batch.updateMany({
        where: { shop, id },
        data: { state, bulkCreationId, attempts, problem, finishedAt },
      });
    },
  };
}

function termsColumns({ value, minimumMinor, ...plain }: DiscountTerms) {
  return {
    ...plain,
    valueKind: value.kind,
    basisPoints: value.kind === "percentage" ? value.basisPoints : null,
    amountMinor: value.kind === "amount" ? value.minor : null,
    minimumMinor,
  };
}

/** Shopify's order times have no fractions: an order of this very second must find its assignment. */
function wholeSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1_000) * 1_000);
}

/** Ours already, or made so once: of two at the same moment the second waits, then finds it. */
async function adoptDiscount(
  db: Db,
  shop: ShopDomain,
  { shopifyId, terms }: { shopifyId: string; terms: DiscountTerms },
  now: Date,
): Promise<string> {
  const where = { shop, shopifyId };
  const ours = await db.discount.findFirst({ where, select: { id: true } });
  if (ours) return ours.id;
  const draftKey = `adopted ${shopifyId}`;
  const row = { ...termsColumns(terms), shop, shopifyId, draftKey, createdAt: now };
  await db.discount.createMany({ data: [row], skipDuplicates: true });
  const made = await db.discount.findFirstOrThrow({ where, select: { id: true } });
  return made.id;
}

async function findMade(db: Db, shop: ShopDomain, draftKey: string) {
  const made = await db.discount.findUniqueOrThrow({
    where: { shop_draftKey: { shop, draftKey } },
    include: { batches: { take: 1, orderBy: { createdAt: "asc" } } },
  });
  return { discountId: made.id, batchId: made.batches[0]?.id ?? "", isNew: false };
}

function toDiscount(row: DiscountRow): Discount {
  return {
    id: row.id,
    shop: row.shop as ShopDomain,
    shopifyId: row.shopifyId,
    title: row.title,
    value: toValue(row),
    currency: row.currency,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    usageLimit: row.usageLimit,
    oncePerCustomer: row.oncePerCustomer,
    combines: row.combines,
    minimumMinor: row.minimumMinor === null ? null : Number(row.minimumMinor),
    createdAt: row.createdAt,
  };
}

function toValue({ valueKind, basisPoints, amountMinor }: DiscountRow): DiscountValue {
  if (valueKind === "percentage") return { kind: "percentage", basisPoints: basisPoints ?? 0 };
  if (valueKind === "amount") return { kind: "amount", minor: Number(amountMinor ?? 0) };
  return { kind: "other" };
}

function toBatch(row: BatchRow): Batch {
  return { ...row, shop: row.shop as ShopDomain, state: row.state as Batch["state"] };
}
