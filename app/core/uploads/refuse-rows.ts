import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { Stores } from "../ports/store.ts";
import { findKnownIn } from "./find-known.ts";
import { whyNotYours } from "./judge-upload.ts";
import type { NewRow } from "./upload.ts";

/**
 * Keeps rows of a taken upload that no code can be made of any more, each with why: since the file was
 * checked their codes came to be the shop's, or those of another partner's family. Part of a transaction.
 */
export async function refuseRows(
  tx: Pick<Stores, "codes" | "families" | "uploads">,
  { shop, discountId, uploadId }: { shop: ShopDomain; discountId: string; uploadId: string },
  rows: readonly NewRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const find = findKnownIn(tx, shop, discountId);
  const known = await find(rows.map(({ code }) => code));
  const refused = rows.map((row) => {
    const found = known.get(row.code);
    const problem = found ? whyNotYours(row, found) : null;
    return { ...row, problem: problem?.message ?? madeMeanwhile(row.code) };
  });
  await tx.uploads.addRefused(shop, uploadId, refused);
}

function madeMeanwhile(code: DiscountCode): string {
  return `${code} came to be this partner's after the file was checked, so nothing is made. Its start, end and reach are as they were.`;
}
