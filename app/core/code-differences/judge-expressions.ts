import { readExpression } from "../codes/expressions/read-expression.ts";
import { shapeOfExpression } from "../codes/families/family-shape.ts";
import { createShapeIndex } from "../codes/families/shape-index.ts";
import { hasEnded } from "../codes/why-ended.ts";
import type { SeenPattern, ToldStory } from "../ports/code-difference-stores.ts";
import { widens } from "./find-pairs.ts";
import type { FoundDifference, GroupKind, OurSide } from "./code-difference.ts";

/** A subject is a key of the table. */
const LONGEST_SUBJECT = 500;

/**
 * Expressions at impact.com that are none of our families': each that matches live codes of another
 * partner's on this page, however many, or that credits its own partner's for more orders than they are
 * to earn for, and each that can't be read. Of this app's own shape, what matches another partner's code
 * that stands by itself is told for that code; of codes of families their own partner's is found, too.
 */
export function judgeExpressions(
  stories: readonly ToldStory[],
  patterns: readonly SeenPattern[],
  now: Date,
): FoundDifference[] {
  const live = stories.flatMap(({ isChanging, ours, ...story }): LiveStory[] =>
    !isChanging && ours && runs(ours, now) ? [{ ...story, ours }] : [],
  );
  const differences = [...judgeForeign(live, patterns), ...judgeShapes(live, patterns)];
  // The same expression may be several partners'.
  const bySubject = new Map(differences.map((one) => [`${one.kind} ${one.subject}`, one]));
  return [...bySubject.values()];
}

interface LiveStory extends Pick<ToldStory, "code" | "atImpact"> {
  ours: OurSide;
}

/** Expressions that somebody made by hand. */
function judgeForeign(
  live: readonly LiveStory[],
  patterns: readonly SeenPattern[],
): FoundDifference[] {
  const foreign = patterns.filter(({ expression }) => shapeOfExpression(expression) === null);
  return foreign.flatMap((pattern) => {
    const read = readExpression(pattern.expression);
    if (!read) return [describe("expression-unread", pattern, null)];
    const match = live.find(
      ({ code, ours }) => ours.partner?.partnerId !== pattern.partnerId && read.mayMatch(code),
    );
    if (match) return [describe("expression-matches", pattern, match.ours)];
    const narrow = live.find(({ code, ours }) => widens(pattern, ours) && read.mayMatch(code));
    return narrow ? [describe("expression-widens", pattern, narrow.ours)] : [];
  });
}

/** Expressions of this app's own shape that match codes which are registered by another one. */
function judgeShapes(
  live: readonly LiveStory[],
  patterns: readonly SeenPattern[],
): FoundDifference[] {
  const index = createShapeIndex(
    patterns.flatMap((pattern) => {
      const shape = pattern.isOurs ? null : shapeOfExpression(pattern.expression);
      return shape === null ? [] : [{ pattern, shape }];
    }),
  );
  return live.flatMap(({ code, ours, atImpact }) => {
    const own = atImpact?.isPattern && !atImpact.isEnded ? atImpact.promoCodeId : null;
    const isAlone = ours.familyId === null && own === null;
    return index.clashingWith(code).flatMap(({ pattern }) => {
      if (pattern.promoCodeId === own) return [];
      if (widens(pattern, ours)) return [describe("expression-widens", pattern, ours)];
      if (isAlone) return [];
      const isOthers = pattern.partnerId !== ours.partner?.partnerId;
      if (isOthers) return [describe("expression-matches", pattern, ours)];
      // One that is not registered yet takes over what stands there for its partner.
      const isTwice = ours.familyId !== null && own !== null;
      return isTwice ? [describe("family-twice", pattern, ours)] : [];
    });
  });
}

/** Customers can use it, and it earns somebody. */
function runs({ shopifyState, partner, discount }: OurSide, now: Date): boolean {
  const { isDeleted, isDeactivated, endsAt } = discount;
  const isOver = isDeleted || isDeactivated || hasEnded(endsAt, now);
  return shopifyState === "live" && partner !== null && !isOver;
}

/** `ours` is one of the codes that it matches; null where it can't be read. */
function describe(
  kind: GroupKind,
  { expression, partnerId, promoCodeId }: SeenPattern,
  ours: OurSide | null,
): FoundDifference {
  return {
    kind,
    subject: expression.slice(0, LONGEST_SUBJECT),
    discountId: ours?.discount.discountId ?? null,
    ourPartnerId: ours?.partner?.partnerId ?? null,
    theirPartnerId: partnerId,
    promoCodeId,
    familyId: kind === "family-twice" ? (ours?.familyId ?? null) : null,
    isShared: true,
    ...{ codeId: null, endsHere: null, endsThere: null },
    ...{ creditPolicy: null, startsThere: null },
    ...{ codes: 1, familyCodes: 0, familyEndings: 0 },
  };
}
