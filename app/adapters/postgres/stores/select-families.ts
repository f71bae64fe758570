import type { Prisma } from "@prisma/client";
import type { CodeFamily } from "#app/core/codes/families/code-family.ts";
import type { Shape } from "#app/core/codes/families/family-shape.ts";
import type { PartnerId, ShopDomain } from "#app/core/ids.ts";
import type { Db } from "../prisma-client.ts";

type FamilyRow = Omit<CodeFamily, "partner" | "shape"> & {
  shape: string;
  partnerId: string;
  name: string | null;
};

/** Families with their partners' names, by a condition on rows called `f`. */
export async function selectFamilies(
  db: Db,
  shop: ShopDomain,
  condition: Prisma.Sql,
): Promise<CodeFamily[]> {
  const rows = await db.$queryRaw<FamilyRow[]>`
    SELECT f."id", f."shop", f."shape", f."state", f."promoCodeId", f."problem", f."attempts",
           f."leaseUntil", f."createdAt", f."partnerId", partner."name"
    FROM "CodeFamily" f
    LEFT JOIN "Partner" partner ON partner."shop" = f."shop" AND partner."partnerId" = f."partnerId"
    WHERE f."shop" = ${shop} AND ${condition}`;
  return rows.map(({ partnerId, name, shape, ...row }) => ({
    ...row,
    shape: shape as Shape,
    partner: { partnerId: partnerId as PartnerId, name: name ?? `Partner ${partnerId}` },
  }));
}
