import type { ShopDomain } from "../ids.ts";
import type { OrderFacts } from "../orders/order-facts.ts";
import type { Ports } from "../ports/ports.ts";
import type { PipelineStores } from "../ports/store.ts";

/** Whether clicks are read from the landing page that Shopify notes, whatever the visitor allowed. */
export async function areLandingsRead(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
): Promise<boolean> {
  return (await store.clicks.findLandingsFrom(shop)) !== null;
}

/** Has them read for orders placed from now on, or no more. Recorded orders keep what they had. */
export async function turnLandings(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, isOn }: { shop: ShopDomain; isOn: boolean },
): Promise<void> {
  await store.inTransaction(async (tx) => {
    const isOnAlready = (await tx.clicks.findLandingsFrom(shop)) !== null;
    if (isOn !== isOnAlready) await tx.clicks.saveLandingsFrom(shop, isOn ? clock.now() : null);
  });
}

/** Shopify notes a landing page where the visitor declined tracking too: it counts only where that is wanted. */
export async function withoutUnwantedLandings(
  tx: Pick<PipelineStores, "clicks">,
  shop: ShopDomain,
  told: readonly OrderFacts[],
): Promise<OrderFacts[]> {
  if (!told.some(({ clicks }) => clicks.some(isLanding))) return [...told];
  const from = await tx.clicks.findLandingsFrom(shop);
  return told.map((facts) => {
    if (from && facts.placedAt >= inItsSecond(from)) return facts;
    return { ...facts, clicks: facts.clicks.filter((click) => !isLanding(click)) };
  });
}

function isLanding({ source }: OrderFacts["clicks"][number]): boolean {
  return source === "landing";
}

/** Shopify tells whole seconds. */
function inItsSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1_000) * 1_000);
}
