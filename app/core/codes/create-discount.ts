import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { NewCode } from "../ports/code-stores.ts";
import { lookUpAtImpact, type AtImpact } from "../uploads/look-up-at-impact.ts";
import { joinFamilies } from "./families/join-families.ts";
import { checkCodes, type CodeCheck } from "./check-codes.ts";
import type { DiscountTerms } from "./discount.ts";
import { readDiscountDraft, type DiscountDraft, type FieldProblem } from "./discount-draft.ts";

export type CreateDiscountResult =
  { ok: true; discountId: string } | { ok: false; fields: FieldProblem[]; codes: CodeCheck[] };

interface Form {
  shop: ShopDomain;
  draftKey: string;
  draft: DiscountDraft;
}

/**
 * Checks a drafted discount everywhere it could clash, then stores it with its codes, their
 * assignments and the batch that makes them. `draftKey` is the form's own: sent twice, made once.
 */
export async function createDiscount(ports: Ports, form: Form): Promise<CreateDiscountResult> {
  const { shop, draft } = form;
  const details = await ports.store.shops.find(shop);
  if (!details) throw new Error(`no shop ${shop}`);
  const { terms, problems } = readDiscountDraft(draft, { ...details, now: ports.clock.now() });
  const made = await findMade(ports, form);
  if (made) return made;

  const lookUp = onceLookedUp(ports, shop);
  const codes = await checkDraftedCodes(ports, form, { terms, lookUp });
  if (problems.length > 0 || hasProblem(codes)) {
    // The form's first copy may have got through while this one was being checked.
    return (await findMade(ports, form)) ?? { ok: false, fields: problems, codes };
  }
  try {
    return { ok: true, discountId: await store(ports, form, terms, codes) };
  } catch (error) {
    // Another form may have taken a code since it was checked; whatever else it is, is thrown on.
    const checkedAgain = await checkDraftedCodes(ports, form, { terms, lookUp });
    if (hasProblem(checkedAgain)) return { ok: false, fields: [], codes: checkedAgain };
    throw error;
  }
}

/** However many codes a form has, impact.com's list is read once for it. */
function onceLookedUp(ports: Ports, shop: ShopDomain): () => Promise<AtImpact> {
  let read: Promise<AtImpact> | null = null;
  return () => (read ??= lookUpAtImpact(ports, shop));
}

async function findMade(
  { store }: Ports,
  { shop, draftKey }: Form,
): Promise<CreateDiscountResult | null> {
  const discountId = await store.discounts.findByDraftKey(shop, draftKey);
  return discountId ? { ok: true, discountId } : null;
}

async function checkDraftedCodes(
  ports: Ports,
  { shop, draft }: Form,
  { terms, lookUp }: { terms: DiscountTerms; lookUp: () => Promise<AtImpact> },
): Promise<CodeCheck[]> {
  const checks = await checkCodes(ports, { shop, codes: draft.codes, during: terms, lookUp });
  const withoutContract = await partnersWithoutContract(ports, shop, checks);
  return checks.map((check) => ({
    ...check,
    problem: check.problem ?? withoutContract.get(check.partnerId) ?? null,
  }));
}

function hasProblem(codes: CodeCheck[]): boolean {
  return codes.some(({ problem }) => problem !== null);
}

async function store(
  ports: Ports,
  { shop, draftKey }: Form,
  terms: DiscountTerms,
  checks: CodeCheck[],
): Promise<string> {
  const codes = checks.flatMap(({ code, partnerId }): NewCode[] =>
    code ? [{ code, partnerId }] : [],
  );
  return ports.store.inTransaction(async (tx) => {
    await tx.families.hold(shop, "adding");
    const joined = await joinFamilies(tx, shop, codes);
    if (joined.others.length > 0) throw new Error("a drafted code is of a family by now");
    const drafted = { draftKey, terms, codes: joined.codes };
    const made = await tx.discounts.create(shop, drafted, ports.clock.now());
    if (made.isNew) await tx.queue.send("make-codes", { shop, batchId: made.batchId });
    return made.discountId;
  });
}

/** A code whose partner has no contract would give the customer a discount and earn nobody. */
async function partnersWithoutContract(
  ports: Ports,
  shop: ShopDomain,
  checks: CodeCheck[],
): Promise<Map<string, string>> {
  const sentences = new Map<string, string>();
  for (const { partnerId } of checks) {
    const partner = await ports.store.partners.find(shop, partnerId);
    if (!partner)
      sentences.set(partnerId, "impact.com knows no such partner. Sync partners again.");
    else if (!partner.hasContract) {
      sentences.set(
        partnerId,
        `${partner.name} has no live contract with this program, so impact.com would pay nothing. Offer one at impact.com, then sync partners.`,
      );
    }
  }
  return sentences;
}
