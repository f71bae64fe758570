import { codeNamesOf } from "../codes/pattern/code-names.ts";
import type { PartnerFacts } from "../codes/pattern/fill-pattern.ts";
import { generateCodes } from "../codes/pattern/generate-codes.ts";
import { parsePattern } from "../codes/pattern/parse-pattern.ts";
import type { Pattern } from "../codes/pattern/pattern.ts";
import { namesPartner } from "../codes/pattern/random-space.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { failure, success, type Problem, type Result } from "../result.ts";
import type { CodePlan } from "./batch.ts";
import { createWhyTheirs, type WhyTheirs } from "./their-registrations.ts";

export type DrawProblem = Problem<"cannot-draw">;

/** Draws codes of one plan; what it needs to know of a partner it reads once. */
export interface Drawing {
  draw(
    partnerId: PartnerId,
    count: number,
    isTaken: (code: DiscountCode) => boolean,
  ): Promise<Result<DiscountCode[], DrawProblem>>;
  /** Of codes that another partner has at impact.com. */
  whyTheirs: WhyTheirs;
}

export function createDrawing(
  ports: Pick<Ports, "store" | "codeMaking">,
  shop: ShopDomain,
  plan: CodePlan,
): Result<Drawing, DrawProblem> {
  const { codeMaking } = ports;
  const { value, codesEach, partnerIds } = plan;
  const use = { value, codesEach, partners: partnerIds.length };
  const parsed = parsePattern(plan.pattern, use, codeMaking);
  if (!parsed.ok) return failure(problem(parsed.problems[0].message));
  const pattern = parsed.value;
  const known = new Map<PartnerId, PartnerFacts>();
  return success({
    whyTheirs: createWhyTheirs(plan.theirs ?? []),
    async draw(partnerId, count, isTaken) {
      const partner = known.get(partnerId) ?? (await factsOf(ports, shop, { partnerId, value }));
      known.set(partnerId, partner);
      const made = madeOf(plan, pattern);
      const wanted = { pattern, partner, count, made, isTaken };
      const drawn = generateCodes(codeMaking, wanted);
      return drawn.ok ? drawn : failure(problem(drawn.problem.message));
    },
  });
}

/** Of those drawn, the codes that share their random space with the next one. */
function madeOf({ drawn, codesEach }: CodePlan, pattern: Pattern): number {
  return namesPartner(pattern) ? drawn % codesEach : drawn;
}

async function factsOf(
  { store, codeMaking }: Pick<Ports, "store" | "codeMaking">,
  shop: ShopDomain,
  { partnerId, value }: { partnerId: PartnerId; value: string },
): Promise<PartnerFacts> {
  const partner = await store.partners.find(shop, partnerId);
  return { names: codeNamesOf(partner?.name ?? "", codeMaking), partnerId, value };
}

function problem(message: string): DrawProblem {
  return { kind: "cannot-draw", retry: "never", message };
}
