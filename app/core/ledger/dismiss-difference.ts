import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { Difference } from "./reconciliation.ts";

/**
 * The merchant has seen to a difference that no run looks at any more. One that the next run still meets
 * comes back with it.
 */
export async function dismissDifference(
  { store }: Pick<Ports, "store">,
  { shop, impactOrderId, kind }: { shop: ShopDomain } & Pick<Difference, "impactOrderId" | "kind">,
): Promise<void> {
  await store.differences.remove(shop, [{ impactOrderId, kind }]);
}
