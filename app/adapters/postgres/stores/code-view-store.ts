import { isRowId } from "#app/core/ids.ts";
import type { CodeViewStore } from "#app/core/ports/code-view-store.ts";
import type { Db } from "../prisma-client.ts";

export function createCodeViewStore(db: Db): CodeViewStore {
  return {
    list: (shop) =>
      db.codeView.findMany({
        where: { shop },
        orderBy: [{ createdAt: "asc" }, { name: "asc" }],
        select: { id: true, name: true, query: true },
      }),

    async add(shop, view, now) {
      const data = [{ ...view, shop, createdAt: now }];
      const { count } = await db.codeView.createMany({ data, skipDuplicates: true });
      return count > 0;
    },

    async rename(shop, viewId, name) {
      const view = isRowId(viewId)
        ? await db.codeView.findFirst({ where: { shop, id: viewId } })
        : null;
      if (!view) return "gone";
      const renamed = await db.$executeRaw`
        UPDATE "CodeView" SET "name" = ${name}
        WHERE "shop" = ${shop} AND "id" = ${viewId}::uuid AND NOT EXISTS (
          SELECT 1 FROM "CodeView" other
          WHERE other."shop" = ${shop} AND other."name" = ${name} AND other."id" <> ${viewId}::uuid)`;
      return renamed > 0 ? "renamed" : "taken";
    },

    async remove(shop, viewId) {
      if (isRowId(viewId)) await db.codeView.deleteMany({ where: { shop, id: viewId } });
    },
  };
}
