import { isClickParameter } from "../attribution/click.ts";
import { gatherClicks } from "../attribution/gather-clicks.ts";
import type { ShopDomain } from "../ids.ts";
import type { OrderFacts } from "../orders/order-facts.ts";
import type { Ports } from "../ports/ports.ts";
import type { PipelineStores } from "../ports/store.ts";
import { failure, success, type Problem, type Result } from "../result.ts";

export interface Landings {
  /** Whether clicks are read from the landing page that Shopify notes, whatever the visitor allowed. */
  areRead: boolean;
  /** A name of the shop's own, under which a landing page may carry the click id; null: impact.com's alone. */
  name: string | null;
}

export async function readLandings(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
): Promise<Landings> {
  const [from, name] = await Promise.all([
    store.clicks.findLandingsFrom(shop),
    store.clicks.findParameter(shop),
  ]);
  return { areRead: from !== null, name };
}

/** Has landing pages read for a name of the shop's own too, in what comes from now on; "" is none. */
export async function nameClicks(
  { store }: Pick<Ports, "store">,
  { shop, name }: { shop: ShopDomain; name: string },
): Promise<Result<void, Problem<"no-name">>> {
  const typed = name.trim();
  if (typed !== "" && !isClickParameter(typed)) return failure(NO_NAME);
  await store.clicks.saveParameter(shop, typed === "" ? null : typed);
  return success(undefined);
}

const NO_NAME: Problem<"no-name"> = {
  kind: "no-name",
  retry: "never",
  message:
    "Type the name alone, as it stands before the “=” in your links: without spaces, &, =, #, % or +, and at most 64 characters.",
};

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
    if (from && facts.placedAt >= inItsSecond(from)) {
      // A webhook's click under the shop's own name was added last.
      return { ...facts, clicks: gatherClicks(facts.clicks) };
    }
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
