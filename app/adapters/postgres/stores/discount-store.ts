import { partsFrom } from "#app/core/batches/plan-parts.ts";
import type { DiscountTerms } from "#app/core/codes/discount.ts";
import { isRowId, type ShopDomain } from "#app/core/ids.ts";
import type { DiscountStore } from "#app/core/ports/code-stores.ts";
import type { Db } from "../prisma-client.ts";
import { countByDiscount } from "./discount-codes.ts";
import { termsColumns, toDiscount } from "./discount-columns.ts";
import { insertCodes } from "./insert-codes.ts";

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

      const parts = partsFrom(0, codes);
      const batch = await db.batch.create({
        data: { shop, discountId, state: "running", codes: codes.length, createdAt: now },
        select: { id: true },
      });
      const batchId = batch.id;
      await db.batchPart.createMany({
        data: parts.map((part, number) => ({
          batchId,
          number,
          state: "planned",
          codes: part.length,
        })),
      });
      const given = parts.flatMap((part, number) =>
        part.map((code) => ({ ...code, part: number })),
      );
      const made = await insertCodes(db, shop, { discountId, batchId }, given, now);
      if (made.length < given.length) throw new Error("a drafted code is taken by now");
      return { discountId, batchId, isNew: true };
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
      // It may have been on orders before it was ours.
      await db.$executeRaw`
        UPDATE "Code" SET "lastUsedAt" = (SELECT max(o."placedAt") FROM "Order" o
                                          WHERE o."shop" = ${shop} AND ${code} = ANY(o."codes"))
        WHERE "shop" = ${shop} AND "code" = ${code} AND "lastUsedAt" IS NULL`;
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
      });
      const counts = await countByDiscount(db, shop);
      return rows.map((row) => {
        const { all: codes = 0, live = 0, registered = 0, failed = 0 } = counts.get(row.id) ?? {};
        return { ...toDiscount(row), codes, live, registered, failed };
      });
    },

    async listTitles(shop) {
      const orderBy = { createdAt: "desc" } as const;
      const select = { id: true, title: true };
      const rows = await db.discount.findMany({ where: { shop }, orderBy, select });
      return rows.map(({ id: discountId, title }) => ({ discountId, title }));
    },

    async saveShopifyId(shop, discountId, shopifyId) {
      const data = { shopifyId, deletedAt: null };
      await db.discount.updateMany({ where: { shop, id: discountId }, data });
    },
  };
}

/** Ours already, or made so once: of two at the same moment the second waits, then finds it. */
export async function adoptDiscount(
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
