import type { Attribution } from "../attribution/attribution.ts";
import { apportion } from "../apportion.ts";
import type { PartnerId } from "../ids.ts";

/** Who stands at one end of a move of credit. */
export type Earner =
  | { kind: "partner"; partnerId: PartnerId; name: string }
  /** A click earns it, and only impact.com knows whose it was. */
  | { kind: "unknown" }
  /** Not reported by this app. */
  | { kind: "nobody" };

/** What one earner has of an order, in minor units. */
export interface Gain {
  earner: Earner;
  minor: number;
}

/** What changes hands between two earners. */
export interface Move {
  from: Earner;
  to: Earner;
  minor: number;
}

/** A key that no two earners share. */
export function keyOf(earner: Earner): string {
  return earner.kind === "partner" ? `partner ${earner.partnerId}` : earner.kind;
}

/** An order's value among those who earn it, to the minor unit; each earner once. */
export function gainsOf(attribution: Attribution, netMinor: number): Gain[] {
  if (attribution.outcome === "nobody") return [{ earner: { kind: "nobody" }, minor: netMinor }];
  const { shares } = attribution;
  const parts = apportion(
    netMinor,
    shares.map(({ weight }) => weight),
  );
  const gains = new Map<string, Gain>();
  for (const [index, { partner }] of shares.entries()) {
    const earner: Earner = partner ? { kind: "partner", ...partner } : { kind: "unknown" };
    const before = gains.get(keyOf(earner))?.minor ?? 0;
    gains.set(keyOf(earner), { earner, minor: before + (parts[index] ?? 0) });
  }
  return [...gains.values()];
}

/** From whom to whom an order's value goes when one decision takes the place of another. */
export function movesBetween(today: readonly Gain[], then: readonly Gain[]): Move[] {
  const givers = beyond(today, then);
  const takers = beyond(then, today);
  const moves: Move[] = [];
  let [giver, taker] = [givers.shift(), takers.shift()];
  while (giver && taker) {
    const minor = Math.min(giver.minor, taker.minor);
    moves.push({ from: giver.earner, to: taker.earner, minor });
    giver = giver.minor > minor ? { ...giver, minor: giver.minor - minor } : givers.shift();
    taker = taker.minor > minor ? { ...taker, minor: taker.minor - minor } : takers.shift();
  }
  return moves;
}

/** What each has on one side beyond what it has on the other. */
function beyond(gains: readonly Gain[], others: readonly Gain[]): Gain[] {
  const minorOf = new Map(others.map(({ earner, minor }) => [keyOf(earner), minor]));
  return gains
    .map(({ earner, minor }) => ({ earner, minor: minor - (minorOf.get(keyOf(earner)) ?? 0) }))
    .filter(({ minor }) => minor > 0);
}
