import type { DiscountCode } from "../../ids.ts";
import type { CodeMaking } from "../../ports/code-making.ts";
import { generateCodes } from "./generate-codes.ts";
import type { PartnerFacts } from "./fill-pattern.ts";
import type { Pattern } from "./pattern.ts";
import { randomLength } from "./random-space.ts";

const EXAMPLES = 10;

/**
 * Up to ten different codes for the form, of all these partners in turn. Nothing is kept free for
 * them: the codes that are made will be others. Fewer where the pattern has no more.
 */
export function exampleCodes(
  tools: Pick<CodeMaking, "randomIndex" | "readsUnwanted">,
  { pattern, partners }: { pattern: Pattern; partners: readonly PartnerFacts[] },
): DiscountCode[] {
  const examples = new Set<DiscountCode>();
  const tries = randomLength(pattern) > 0 ? EXAMPLES : Math.min(EXAMPLES, partners.length);
  for (let at = 0; at < tries; at += 1) {
    const partner = partners[at % partners.length];
    if (!partner) break;
    const isTaken = (code: DiscountCode) => examples.has(code);
    const drawn = generateCodes(tools, { pattern, partner, count: 1, made: 0, isTaken });
    if (drawn.ok) for (const code of drawn.value) examples.add(code);
  }
  return [...examples];
}
