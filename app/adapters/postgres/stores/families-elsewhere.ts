import type { FamilyDraft } from "#app/core/codes/families/code-family.ts";
import type { Shape } from "#app/core/codes/families/family-shape.ts";
import { createShapeIndex } from "#app/core/codes/families/shape-index.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "#app/core/ids.ts";
import type { FamilyStore } from "#app/core/ports/family-stores.ts";
import type { Db } from "../prisma-client.ts";
import { findFor, findOthersCodes } from "./family-matches.ts";
import { isSharedElsewhere } from "./is-shared-elsewhere.ts";
import { listSharingShops } from "./list-sharing-shops.ts";

type FamiliesElsewhere = Pick<
  FamilyStore,
  "findElsewhere" | "findClashesElsewhere" | "isKeptElsewhere"
>;

/** impact.com matches codes and families of all shops of a program alike. */
export function createFamiliesElsewhere(db: Db): FamiliesElsewhere {
  return {
    async findElsewhere(shop, codes) {
      const found = new Map<DiscountCode, PartnerId>();
      for (const other of await listSharingShops(db, shop)) {
        for (const [code, { partner }] of await findFor(db, other, codes)) {
          found.set(code, partner.partnerId);
        }
      }
      return found;
    },

    async findClashesElsewhere(shop, drafts, { asFamilies }) {
      const clashes = new Set<Shape>();
      for (const other of await listSharingShops(db, shop)) {
        const families = await clashingFamilies(db, other, drafts);
        const codes = asFamilies ? await findOthersCodes(db, other, drafts) : [];
        for (const { shape } of [...families, ...codes]) clashes.add(shape);
      }
      return clashes;
    },

    async isKeptElsewhere(shop, { shape, partner: { partnerId }, promoCodeId }) {
      if (promoCodeId && (await isSharedElsewhere(db, shop, promoCodeId))) return true;
      // One that is about to be registered there finds this one standing.
      const others = await listSharingShops(db, shop);
      const where = { shape, partnerId, state: { in: ["planned", "registered"] } };
      return (await db.codeFamily.count({ where: { ...where, shop: { in: others } } })) > 0;
    },
  };
}

/** With another partner's families, and with the very family that is about to end. */
async function clashingFamilies(db: Db, other: ShopDomain, drafts: readonly FamilyDraft[]) {
  const select = { shape: true, partnerId: true, state: true };
  const rows = await db.codeFamily.findMany({ where: { shop: other }, select });
  const families = rows.map((row) => ({ ...row, shape: row.shape as Shape }));
  const index = createShapeIndex(families);
  return drafts.filter(({ shape, partnerId }) =>
    index
      .clashingWith(shape)
      .some(
        (one) => one.partnerId !== partnerId || (one.state === "ending" && one.shape === shape),
      ),
  );
}
