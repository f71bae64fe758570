import type { ShopDomain } from "../../ids.ts";
import type { Ports } from "../../ports/ports.ts";

/** Deletes a view; the codes it shows stay as they are. */
export async function removeView(
  { store }: Pick<Ports, "store">,
  { shop, viewId }: { shop: ShopDomain; viewId: string },
): Promise<void> {
  await store.codeViews.remove(shop, viewId);
}
