import type { Batch } from "../batches/batch.ts";
import { toCsv } from "../csv.ts";
import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { AdoptedCounts, LeftCode } from "../ports/adoption-stores.ts";
import type { Ports } from "../ports/ports.ts";
import type { Adoption } from "./adoption.ts";

export interface AdoptingDetail {
  batch: Batch;
  adoption: Adoption;
  counts: AdoptedCounts;
  /** The first codes that nobody has, and why. */
  left: LeftCode[];
  /** It stopped or was cancelled before its end, or impact.com refused some. */
  canResume: boolean;
}

const SHOWN = 20;

/** A batch that adopts codes, with how far it has come; null where this shop has no such batch. */
export async function readAdopting(
  { store }: Pick<Ports, "store">,
  { shop, batchId }: { shop: ShopDomain; batchId: string },
): Promise<AdoptingDetail | null> {
  const adoption = await store.adoptions.findByBatch(shop, batchId);
  const batch = adoption && (await store.batches.find(shop, batchId));
  if (!batch) return null;
  const [counts, left] = await Promise.all([
    store.adoptions.countAdopted(shop, adoption.id),
    store.adoptions.listLeft(shop, adoption.id, { after: null, limit: SHOWN }),
  ]);
  const isOpen = batch.state === "running" || batch.state === "cancelling";
  const isLeft = counts.taken < counts.all || counts.unregistrable > 0;
  const canResume = !isOpen && (batch.state === "failed" || isLeft);
  return { batch, adoption, counts, left, canResume };
}

const PAGE = 5_000;

/** Codes of an adoption that nobody has afterwards, and why, as a CSV file; null where there is none. */
export async function leftCodesFile(
  { store }: Pick<Ports, "store">,
  { shop, adoptionId }: { shop: ShopDomain; adoptionId: string },
): Promise<string | null> {
  if (!(await store.adoptions.find(shop, adoptionId))) return null;
  // Under these headings an upload takes it back, once the partners are filled in.
  const rows = [["Code", "Partner", "Reason"]];
  let after: DiscountCode | null = null;
  for (;;) {
    const page: LeftCode[] = await store.adoptions.listLeft(shop, adoptionId, {
      ...{ after, limit: PAGE },
    });
    rows.push(...page.map(({ code, problem }) => [code, "", problem ?? ""]));
    after = page.at(-1)?.code ?? null;
    if (page.length < PAGE) return toCsv(rows);
  }
}
