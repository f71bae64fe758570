import type { ShopDomain } from "../ids.ts";
import type { HandOutScope } from "../ports/hand-out-store.ts";
import type { Ports } from "../ports/ports.ts";
import { notReadySentence, whyNotReady, type NotReadyReason } from "./hand-out-standing.ts";

export interface HandOutOverview {
  ready: number;
  /** Those that are kept back, and why. */
  keptBack: { reason: NotReadyReason; sentence: string; codes: number }[];
  landingPath: string;
}

/** How many codes of a scope can be handed out, and why others can't. */
export async function readHandOutOverview(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, scope }: { shop: ShopDomain; scope: HandOutScope },
): Promise<HandOutOverview> {
  const [counts, landingPath] = await Promise.all([
    store.handOuts.count(shop, scope, clock.now()),
    store.handOuts.landingPath(shop),
  ]);
  let ready = 0;
  const others = new Map<NotReadyReason, number>();
  for (const { codes, ...standing } of counts) {
    const reason = whyNotReady(standing);
    if (reason === null) ready += codes;
    else others.set(reason, (others.get(reason) ?? 0) + codes);
  }
  const keptBack = [...others]
    .map(([reason, codes]) => ({ reason, sentence: notReadySentence(reason), codes }))
    .sort((one, other) => other.codes - one.codes);
  return { ready, keptBack, landingPath };
}
