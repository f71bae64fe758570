import { draftShapes, type NamedDraft } from "../codes/families/draft-families.ts";
import { readExpression } from "../codes/expressions/read-expression.ts";
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
  const drafts = draftShapes(parsed.value, partners);
  const index = createShapeIndex(drafts);
  const theirs: TheirRegistration[] = [];
  const read = await eachRegistrationPage(ports, shop, async (listed) => {
    const fitting = listed.flatMap((one) => (fits({ drafts, index }, one) ? [keptOf(one)] : []));
    if (theirs.length <= MOST_KEPT) theirs.push(...(await withoutOurs(ports, shop, fitting)));
  });
  if (!read.ok) return read;
  if (theirs.length > MOST_KEPT) return failure(CROWDED);
  return success(read.value === 0 ? null : theirs);
}

interface Drafts {
  drafts: readonly NamedDraft[];
  index: ShapeIndex<NamedDraft>;
}

/** Whether any code of another partner's than its own could be what is registered. */
function fits({ drafts, index }: Drafts, one: ListedPromoCode): boolean {
  const { isEnded, isPattern, partnerId } = one;
  if (isEnded) return false;
  const code = one.code.trim().toUpperCase();
  const shape = isPattern ? shapeOfExpression(code) : (code as DiscountCode);
  if (shape !== null) {
    return index.clashingWith(shape).some((draft) => draft.partnerId !== partnerId);
  }
  const expression = readExpression(one.code);
  if (!expression) return false;
  return drafts.some((draft) => draft.partnerId !== partnerId && expression.mayMatch(draft.shape));
}

function keptOf({ code, isPattern, partnerId, partnerName }: ListedPromoCode): TheirRegistration {
  return { code: code.trim(), isPattern, partnerId, partnerName };
}

/** What the shop has itself is not drawn anyway, and may be any number. */
async function withoutOurs(
  { store }: ReadPorts,
  shop: ShopDomain,
  fitting: readonly TheirRegistration[],
): Promise<TheirRegistration[]> {
  if (fitting.length === 0) return [];
  const codes = fitting.map(({ code }) => code.toUpperCase() as DiscountCode);
  const taken = new Set<string>(await store.codes.listTaken(shop, codes));
  return fitting.filter(({ code }) => !taken.has(code.toUpperCase()));
}

const CROWDED: DrawProblem = {
  kind: "cannot-draw",
  retry: "never",
  message: `Other partners have more than ${MOST_KEPT.toLocaleString("en")} codes at impact.com that this pattern could draw. Start the pattern with another word.`,
};
