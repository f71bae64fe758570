import { groupBy } from "../../group-by.ts";
import type { DiscountCode } from "../../ids.ts";
import type { ListedPromoCode } from "../../ports/impact.ts";
import { shapeOfExpression } from "../families/family-shape.ts";
import { createShapeIndex } from "../families/shape-index.ts";
import { readExpression } from "./read-expression.ts";

export type Standing = Pick<ListedPromoCode, "code" | "isPattern" | "partnerId" | "partnerName">;

/**
 * Finds which of these registrations a code has, or may have: its own, and expressions that may match
 * it. One that can't be read is not found: the nightly check names it.
 */
export function createFindStanding<Of extends Standing>(
  all: readonly Of[],
): (code: DiscountCode) => Of[] {
  const exact = all.filter(({ isPattern }) => !isPattern);
  const byCode = groupBy(exact, ({ code }) => code.trim().toUpperCase());
  const patterns = all
    .filter(({ isPattern }) => isPattern)
    .map((one) => ({ one, shape: shapeOfExpression(one.code.trim().toUpperCase()) }));
  // Families may be thousands, and are found without trying each.
  const families = createShapeIndex(
    patterns.flatMap(({ one, shape }) => (shape === null ? [] : [{ one, shape }])),
  );
  const foreign = patterns.flatMap(({ one, shape }) => {
    const expression = shape === null ? readExpression(one.code) : null;
    return expression ? [{ one, expression }] : [];
  });
  return (code) => [
    ...(byCode.get(code) ?? []),
    ...families.clashingWith(code).map(({ one }) => one),
    ...foreign.filter(({ expression }) => expression.mayMatch(code)).map(({ one }) => one),
  ];
}
