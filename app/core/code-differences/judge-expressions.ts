import { readExpression } from "../codes/expressions/read-expression.ts";
import { shapeOfExpression } from "../codes/families/family-shape.ts";
import type { SeenPattern, ToldStory } from "../ports/code-difference-stores.ts";
import type { FoundDifference, OurSide } from "./code-difference.ts";

/** A subject is a key of the table. */
const LONGEST_SUBJECT = 500;

/**
 * Expressions at impact.com that somebody made by hand: each that matches a live code of another
 * partner's on this page, however many, and each that can't be read. What expressions of this app's own
 * shape match is told for each code.
 */
export function judgeExpressions(
  stories: readonly ToldStory[],
  patterns: readonly SeenPattern[],
  now: Date,
): FoundDifference[] {
  const foreign = patterns.filter(({ expression }) => shapeOfExpression(expression) === null);
  if (foreign.length === 0) return [];
  const live = stories.filter(({ isChanging, ours }) => !isChanging && ours && runs(ours, now));
  const found = new Map<string, FoundDifference>();
  for (const pattern of foreign) {
    const read = readExpression(pattern.expression);
    const match = live.find(
      ({ code, ours }) => ours?.partner?.partnerId !== pattern.partnerId && read?.mayMatch(code),
    );
    const difference = describe(pattern, match?.ours ?? null);
    // The same expression may be several partners'.
    if (match || !read) found.set(`${difference.kind} ${difference.subject}`, difference);
  }
  return [...found.values()];
}

/** Customers can use it, and it earns somebody. */
function runs({ shopifyState, partner, discount }: OurSide, now: Date): boolean {
  const { isDeleted, isDeactivated, endsAt } = discount;
  const hasEnded = isDeleted || isDeactivated || (endsAt !== null && endsAt <= now);
  return shopifyState === "live" && partner !== null && !hasEnded;
}

/** `ours` is one of the codes that it matches; null where it can't be read. */
function describe(
  { expression, partnerId, promoCodeId }: SeenPattern,
  ours: OurSide | null,
): FoundDifference {
  return {
    kind: ours ? "expression-matches" : "expression-unread",
    subject: expression.slice(0, LONGEST_SUBJECT),
    discountId: ours?.discount.discountId ?? null,
    ourPartnerId: ours?.partner?.partnerId ?? null,
    theirPartnerId: partnerId,
    promoCodeId,
    isShared: true,
    ...{ codeId: null, familyId: null, endsHere: null, endsThere: null },
    ...{ creditPolicy: null, startsThere: null },
    ...{ codes: 1, familyCodes: 0, familyEndings: 0 },
  };
}
