import type { ShopDomain } from "../ids.ts";
import type { Stores } from "../ports/store.ts";

/**
 * Whether a program that impact.com was told or asked of something in is the chosen one still. Until the
 * transaction ends, nobody chooses another: whoever does forgets all registrations that are written down.
 */
export async function isStillChosen(
  { connections }: Pick<Stores, "connections">,
  shop: ShopDomain,
  programId: string,
): Promise<boolean> {
  await connections.hold(shop, "reading");
  return (await connections.find(shop))?.program?.programId === programId;
}
