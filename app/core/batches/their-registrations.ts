import { shapeOfExpression } from "../codes/families/family-shape.ts";
import { createShapeIndex } from "../codes/families/shape-index.ts";
import { groupBy } from "../group-by.ts";
import type { DiscountCode, PartnerId } from "../ids.ts";
import { whyRegistered } from "../uploads/look-up-at-impact.ts";
import type { TheirRegistration } from "./batch.ts";

/** Tells why a code can't be a partner's for what others have at impact.com; null where it can. */
export type WhyTheirs = (code: DiscountCode, partnerId: PartnerId) => string | null;

export function createWhyTheirs(theirs: readonly TheirRegistration[]): WhyTheirs {
  const byCode = groupBy(theirs, ({ code }) => code);
  const families = theirs.flatMap((one) => {
    const shape = one.isPattern ? shapeOfExpression(one.code) : null;
    return shape === null ? [] : [{ ...one, shape }];
  });
  const index = createShapeIndex(families);
  return (code, partnerId) => {
    const found = [...(byCode.get(code) ?? []), ...index.clashingWith(code)];
    return whyRegistered(found, { code, partnerId });
  };
}
