import { draftShapes, type NamedDraft } from "../codes/families/draft-families.ts";
import { drawnFor } from "../codes/families/drawn-for.ts";
import { shapeOfExpression } from "../codes/families/family-shape.ts";
import { createShapeIndex, type ShapeIndex } from "../codes/families/shape-index.ts";
import { eachRegistrationPage } from "../codes/each-registration-page.ts";
import { parsePattern } from "../codes/pattern/parse-pattern.ts";
import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { ImpactProblem, ListedPromoCode } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import { failure, success, type Result } from "../result.ts";
import type { CodePlan, TheirRegistration } from "./batch.ts";
import type { DrawProblem } from "./draw-codes.ts";

/** They are stored with the plan, and saved with each of its sets. */
const MOST_KEPT = 5_000;

type ReadPorts = Pick<Ports, "store" | "impact" | "clock" | "codeMaking">;

/**
 * What other partners have at impact.com that these codes could be, and the shop does not know of: read
 * once, before the first code of a plan is drawn. Whether impact.com refuses a code that stands already
 * is not documented (reference/impact.md, 12.2): where it does not, the older registration is paid.
 * Null where the shop has no program, so that nothing is registered yet.
 */
export async function readTheirs(
  ports: ReadPorts,
  shop: ShopDomain,
  plan: CodePlan,
): Promise<Result<TheirRegistration[] | null, ImpactProblem | DrawProblem>> {
  const { pattern, value, codesEach, partnerIds } = plan;
  const use = { value, codesEach, partners: partnerIds.length };
  const parsed = parsePattern(pattern, use, ports.codeMaking);
  if (!parsed.ok) return success([]);
  const partners = await drawnFor(ports, shop, { partnerIds, value });
  const index = createShapeIndex(draftShapes(parsed.value, partners));
  const theirs: TheirRegistration[] = [];
  const read = await eachRegistrationPage(ports, shop, async (listed) => {
    const fitting = listed.flatMap((one) => fit(index, one) ?? []);
    if (theirs.length <= MOST_KEPT) theirs.push(...(await withoutOurs(ports, shop, fitting)));
  });
  if (!read.ok) return read;
  if (theirs.length > MOST_KEPT) return failure(CROWDED);
  return success(read.value === 0 ? null : theirs);
}

/** Null where none of the codes could be what is registered, or it is their own partner's. */
function fit(index: ShapeIndex<NamedDraft>, one: ListedPromoCode): TheirRegistration | null {
  const { isEnded, isPattern, partnerId, partnerName } = one;
  const code = one.code.trim().toUpperCase();
  const shape = isPattern ? shapeOfExpression(code) : (code as DiscountCode);
  if (isEnded || shape === null) return null;
  const isTheirs = index.clashingWith(shape).some((draft) => draft.partnerId !== partnerId);
  return isTheirs ? { code, isPattern, partnerId, partnerName } : null;
}

/** What the shop has itself is not drawn anyway, and may be any number. */
async function withoutOurs(
  { store }: ReadPorts,
  shop: ShopDomain,
  fitting: readonly TheirRegistration[],
): Promise<TheirRegistration[]> {
  if (fitting.length === 0) return [];
  const codes = fitting.map(({ code }) => code as DiscountCode);
  const taken = new Set<string>(await store.codes.listTaken(shop, codes));
  return fitting.filter(({ code }) => !taken.has(code));
}

const CROWDED: DrawProblem = {
  kind: "cannot-draw",
  retry: "never",
  message: `Other partners have more than ${MOST_KEPT.toLocaleString("en")} codes at impact.com that this pattern could draw. Start the pattern with another word.`,
};
