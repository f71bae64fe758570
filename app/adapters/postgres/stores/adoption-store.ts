import type { Prisma } from "@prisma/client";
import { type Adoption as AdoptionRow } from "@prisma/client";
import type { Adoption, AdoptionPlan } from "#app/core/adopting/adoption.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import type { AdoptionStore } from "#app/core/ports/adoption-stores.ts";
import type { Db } from "../prisma-client.ts";
import { createAdoptedWrites } from "./adopted-writes.ts";
import { createAdoptionCodes } from "./adoption-codes.ts";
import { createAdoptionDiscounts } from "./adoption-discounts.ts";
import { createAdoptionRows } from "./adoption-rows.ts";
import { createAdoptionSums } from "./adoption-sums.ts";

export function createAdoptionStore(db: Db): AdoptionStore {
  return {
    ...createAdoptionDiscounts(db),
    ...createAdoptionCodes(db),
    ...createAdoptionRows(db),
    ...createAdoptionSums(db),
    ...createAdoptedWrites(db),

    async create(shop, { draftKey, plan, discounts }, { now, expiresAt }) {
      const data = { shop, draftKey, state: "reading", createdAt: now, expiresAt };
      const { count } = await db.adoption.createMany({
        data: [{ ...data, plan: fromPlan(plan) }],
        skipDuplicates: true,
      });
      const where = { shop_draftKey: { shop, draftKey } };
      const made = await db.adoption.findUniqueOrThrow({ where, select: { id: true } });
      const adoptionId = made.id;
      if (count === 0) return { adoptionId, isNew: false };
      await db.adoptionDiscount.createMany({
        data: discounts.map((discount) => ({ ...discount, adoptionId, shop })),
        skipDuplicates: true,
      });
      return { adoptionId, isNew: true };
    },

    async find(shop, adoptionId) {
      const row = await db.adoption.findFirst({ where: { shop, id: adoptionId } });
      return row && toAdoption(row);
    },

    async findByBatch(shop, batchId) {
      const row = await db.adoption.findFirst({ where: { shop, batchId } });
      return row && toAdoption(row);
    },

    async save(shop, { id, version }, { plan, ...news }) {
      const { count } = await db.adoption.updateMany({
        where: { shop, id, version, batchId: null },
        data: { ...news, plan: fromPlan(plan), version: version + 1 },
      });
      return count > 0;
    },

    async take(shop, adoptionId, startsAt, now) {
      const { count } = await db.adoption.updateMany({
        where: { shop, id: adoptionId, state: "checked" },
        data: { state: "taken", startsAt, version: { increment: 1 } },
      });
      if (count === 0) return null;
      const codes = await db.adoptionCode.count({
        where: { shop, adoptionId, verdict: { not: "managed" } },
      });
      const draftKey = `adoption ${adoptionId}`;
      const { id: batchId } = await db.batch.create({
        data: { shop, kind: "adopt", draftKey, codes, state: "running", createdAt: now },
        select: { id: true },
      });
      await db.adoption.updateMany({ where: { shop, id: adoptionId }, data: { batchId } });
      return { batchId };
    },
  };
}

// Only this store writes the plan, so its shape is known.

function fromPlan({ expressions, ...plan }: AdoptionPlan): Prisma.InputJsonObject {
  const { source, by, place, registeredIn } = plan;
  const kept = expressions && { expressions: expressions.map((one) => ({ ...one })) };
  const read = registeredIn !== undefined && { registeredIn };
  return { source: { ...source }, by: { ...by }, place: { ...place }, ...read, ...kept };
}

function toAdoption(row: AdoptionRow): Adoption {
  return {
    ...row,
    shop: row.shop as ShopDomain,
    state: row.state as Adoption["state"],
    plan: row.plan as unknown as AdoptionPlan,
  };
}
