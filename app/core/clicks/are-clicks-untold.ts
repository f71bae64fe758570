import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";

/**
 * Whether impact.com did not say whose the last click was that it was asked about. What an earlier token
 * was told says nothing of the one that is connected now.
 */
export async function areClicksUntold(
  { clicks, connections }: Pick<Ports["store"], "clicks" | "connections">,
  shop: ShopDomain,
): Promise<boolean> {
  const [lookUp, connection] = await Promise.all([
    clicks.findNewestLookUp(shop),
    connections.find(shop),
  ]);
  if (!lookUp || !connection) return false;
  return lookUp.verdict === "not-told" && lookUp.lookedAt >= connection.connectedAt;
}
