import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { Chosen } from "./discount.ts";

export type SegmentsFound =
  | { ok: true; segments: Chosen[]; hasMore: boolean }
  /** Where the scope is missing, the merchant may allow it. */
  | { ok: false; needsScope: boolean; message: string };

/** The first customer segments by name, for a merchant who picks some. */
export async function findSegments(
  { shopify }: Pick<Ports, "shopify">,
  { shop, words }: { shop: ShopDomain; words: string },
): Promise<SegmentsFound> {
  const listed = await shopify.listSegments(shop, { words, after: null });
  if (listed.ok) {
    const { segments, next } = listed.value;
    return { ok: true, segments, hasMore: next !== null };
  }
  const { kind, message } = listed.problem;
  return { ok: false, needsScope: kind === "access-denied", message };
}
