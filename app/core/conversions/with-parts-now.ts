import type { ShopDomain } from "../ids.ts";
import type { PipelineStores } from "../ports/store.ts";
import type { Conversion } from "./conversion.ts";

/**
 * Conversions that were read before their orders were locked, each with the part of its order that it is
 * by now: a click that was refused meanwhile may have had it decided again.
 */
export async function withPartsNow<One extends Pick<Conversion, "id" | "part">>(
  { conversions }: Pick<PipelineStores, "conversions">,
  shop: ShopDomain,
  read: readonly One[],
): Promise<One[]> {
  const parts = read.filter(({ part }) => part);
  const now = await conversions.findAll(
    shop,
    parts.map(({ id }) => id),
  );
  const byId = new Map(now.map(({ id, part }) => [id, part]));
  return read.map((one) => ({ ...one, part: byId.get(one.id) ?? one.part }));
}
