import type { Credited, Share } from "../attribution/attribution.ts";
import type { Conversion } from "./conversion.ts";
import type { OrderPart } from "./part-of-lines.ts";

/** A part that may be at impact.com: whose it is stays so there, and how much it is may change. */
export type TriedPart = Pick<Conversion, "id" | "share" | "code" | "clickId">;

export interface Rearranged {
  /** As decided, each under the key of the conversion that holds it. */
  shares: Credited["shares"];
  /** What of the order each part that may be there is from now on, by its id: of some nothing. */
  parts: Map<string, OrderPart>;
  /** What none of them can hold. */
  fresh: { share: Share; part: OrderPart }[];
}

/**
 * Shares an order by a new decision among parts that may be at impact.com: a code's and a click's share
 * stays with its own part, whatever it was worth before; others become parts of their own, and a part
 * whose share is none any more is worth nothing.
 */
export function rearrangeParts(
  decided: Credited["shares"],
  tried: readonly TriedPart[],
): Rearranged {
  const holders = decided.map((share) => tried.find((one) => isOf(share, one)));
  const left = tried.filter((one) => !holders.includes(one));
  const weights = [...decided.map(({ weight }) => weight), ...left.map(() => 0)];
  const parts = new Map<string, OrderPart>();
  for (const [position, one] of [...holders, ...left].entries()) {
    if (one) parts.set(one.id, { weights, position });
  }
  const keys = new Set(tried.map(({ share }) => share));
  const keyed = decided.map((share, position) => {
    const key = holders[position]?.share ?? freeKey(share, keys);
    keys.add(key);
    return { ...share, key };
  });
  const [first = decided[0], ...others] = keyed;
  const shares: Credited["shares"] = [first, ...others];
  const fresh = shares.flatMap((share, position) =>
    holders[position] ? [] : [{ share, part: { weights, position } }],
  );
  return { shares, parts, fresh };
}

function isOf({ by }: Share, { code, clickId }: TriedPart): boolean {
  return by.kind === "code" ? code === by.code : code === null && clickId === by.clickId;
}

/** Another part may have the key, and at impact.com its number. */
function freeKey({ key, by }: Share, taken: ReadonlySet<string>): string {
  const keys = Array.from({ length: taken.size + 1 }, (_, nth) => `${by.kind}-${nth + 2}`);
  return [key, ...keys].find((one) => !taken.has(one)) ?? key;
}
