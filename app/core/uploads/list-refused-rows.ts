import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { RefusedRow } from "./upload.ts";

const PAGE = 5_000;

/** All rows of a batch's upload that no code could be made of; none where it came by no upload. */
export async function listRefusedRows(
  { store }: Pick<Ports, "store">,
  { shop, batchId }: { shop: ShopDomain; batchId: string },
): Promise<RefusedRow[]> {
  const rows: RefusedRow[] = [];
  for (;;) {
    const after = rows.at(-1)?.number ?? 0;
    const page = await store.uploads.listRefused(shop, batchId, { after, limit: PAGE });
    rows.push(...page);
    if (page.length < PAGE) return rows;
  }
}
