import type { DiscountCode, PartnerId, ShopDomain } from "../../ids.ts";
import type { ListedPromoCode } from "../../ports/impact.ts";
import type { OthersCode } from "../../ports/family-stores.ts";
import type { Stores } from "../../ports/store.ts";
import type { CodeFamily } from "./code-family.ts";
import type { NamedDraft } from "./draft-families.ts";
import { shapeOfExpression, type Shape } from "./family-shape.ts";
import { createShapeIndex, type ShapeIndex } from "./shape-index.ts";

/**
 * The families of one form that clash with one another. Here as below, a sentence for each: why
 * impact.com would credit a partner's codes to somebody else, or somebody else's to the partner.
 */
export function clashesAmong(drafts: readonly NamedDraft[]): string[] {
  const index = createShapeIndex(drafts);
  const named = new Set<PartnerId>();
  return drafts.flatMap(({ partnerId, name, shape }): string[] => {
    const other = index.clashingWith(shape).find((one) => one.partnerId !== partnerId);
    if (!other || (named.has(partnerId) && named.has(other.partnerId))) return [];
    named.add(partnerId).add(other.partnerId);
    const both =
      other.shape === shape
        ? `${name} and ${other.name} would both have the codes ${shape}.`
        : `Some of ${name}'s codes ${shape} could be some of ${other.name}'s codes ${other.shape}.`;
    return [both];
  });
}

type Family = Pick<CodeFamily, "partner" | "shape">;

export function clashesWithFamilies(
  drafts: readonly NamedDraft[],
  families: readonly Family[],
): string[] {
  const index: ShapeIndex<Family> = createShapeIndex(families);
  return drafts.flatMap(({ partnerId, name, shape }): string[] => {
    const others = index.clashingWith(shape);
    const other = others.find(({ partner }) => partner.partnerId !== partnerId);
    if (!other) return [];
    return [
      `Some of ${name}'s codes ${shape} would be credited to ${other.partner.name}, whose codes ${other.shape} are a family.`,
    ];
  });
}

/**
 * With what stands at impact.com. An expression that the app did not make can't be compared, so it
 * clashes with all families but its own partner's.
 */
export function clashesAtImpact(
  drafts: readonly NamedDraft[],
  registered: readonly ListedPromoCode[],
): string[] {
  const index = createShapeIndex(drafts);
  return registered.flatMap(({ isEnded, isPattern, code, partnerId, partnerName }): string[] => {
    if (isEnded) return [];
    const upper = code.toUpperCase() as DiscountCode;
    const shape = isPattern ? shapeOfExpression(upper) : upper;
    const clashing = shape === null ? drafts : index.clashingWith(shape);
    const other = clashing.find((one) => one.partnerId !== partnerId);
    if (!other) return [];
    const owner = partnerName || `partner ${partnerId}`;
    return [
      shape === null
        ? `At impact.com ${owner} has the regular expression ${code}. Nothing tells whether it matches ${other.name}'s codes ${other.shape}.`
        : `At impact.com ${code} is registered to ${owner}, and ${other.name}'s family ${other.shape} would match it.`,
    ];
  });
}

/** With the families and codes of this shop, and of others in the same program. */
export async function clashesHere(
  { families }: Pick<Stores, "families">,
  shop: ShopDomain,
  drafts: readonly NamedDraft[],
): Promise<string[]> {
  const all = await families.list(shop);
  const nameOf = new Map(drafts.map(({ shape, name }) => [shape, name]));
  const codes = await families.findOthersCodes(shop, drafts);
  const elsewhere = await families.findClashesElsewhere(shop, drafts, { asFamilies: true });
  return [
    ...clashesWithFamilies(drafts, all),
    ...all.flatMap((one) => (one.state === "ending" && nameOf.has(one.shape) ? isEnding(one) : [])),
    ...codes.map((other) => clashWithCode(other, nameOf.get(other.shape) ?? "")),
    ...[...elsewhere].map((shape) => clashElsewhere(shape, nameOf.get(shape) ?? "")),
  ];
}

/** Of codes that are to be registered one by one: they clash with families alone. */
export async function clashesOfCodes(
  { families }: Pick<Stores, "families">,
  shop: ShopDomain,
  drafts: readonly NamedDraft[],
): Promise<string[]> {
  const elsewhere = await families.findClashesElsewhere(shop, drafts, { asFamilies: false });
  return [
    ...clashesWithFamilies(drafts, await families.list(shop)),
    ...drafts.flatMap(({ shape, name }) =>
      elsewhere.has(shape) ? [clashElsewhere(shape, name)] : [],
    ),
  ];
}

function isEnding({ shape }: Family): string {
  return `The family ${shape} is just being ended at impact.com: try again in a few minutes.`;
}

/** Nothing may be told of the other shop but that it is there. */
function clashElsewhere(shape: Shape, name: string): string {
  return `Some of ${name}'s codes ${shape} could be codes that another shop of the same impact.com account uses for somebody else.`;
}

function clashWithCode({ shape, code, partner }: OthersCode, name: string): string {
  const whose = partner ? `a code of ${partner.name}` : "a code that nobody has";
  return `${name}'s family ${shape} would match ${code}, ${whose}.`;
}
