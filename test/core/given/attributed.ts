import { attributeOrder, type Attributable } from "#app/core/attribution/attribute-order.ts";
import type { Attribution, KnownCode } from "#app/core/attribution/attribution.ts";
import { FIRST_RULES } from "#app/core/attribution/rules-at.ts";

export const PLACED_AT = new Date("2026-11-23T10:00:00Z");

/** An order's decision; what isn't given is none, and the rule is the first one of every shop. */
export function attributed(
  typedCodes: readonly string[],
  known: readonly KnownCode[],
  { rules = FIRST_RULES, ...changes }: Partial<Attributable> & { rules?: typeof FIRST_RULES } = {},
): Attribution {
  const order = { typedCodes, tookMinor: null, clicks: [], placedAt: PLACED_AT, ...changes };
  return attributeOrder(order, known, rules);
}
