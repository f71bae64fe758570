import type { ShopDomain } from "../ids.ts";
import type { NewCode, Ports } from "../ports.ts";
import { checkCodes, type CodeCheck } from "./check-codes.ts";
import { readDiscountDraft, type DiscountDraft, type FieldProblem } from "./discount-draft.ts";

export type CreateDiscountResult =
  { ok: true; discountId: string } | { ok: false; fields: FieldProblem[]; codes: CodeCheck[] };

/**
 * Checks a drafted discount everywhere it could clash, then stores it with its codes, their
 * assignments and the batch that makes them. `draftKey` is the form's own: sent twice, made once.
 */
export async function createDiscount(
  ports: Ports,
  { shop, draftKey, draft }: { shop: ShopDomain; draftKey: string; draft: DiscountDraft },
): Promise<CreateDiscountResult> {
  const details = await ports.store.shops.find(shop);
  if (!details) throw new Error(`no shop ${shop}`);
  const now = ports.clock.now();
  const { terms, problems } = readDiscountDraft(draft, { ...details, now });
  const alreadyMade = await ports.store.discounts.findByDraftKey(shop, draftKey);
  if (alreadyMade) return { ok: true, discountId: alreadyMade };

  const checks = await checkCodes(ports, { shop, codes: draft.codes });
  const withoutContract = await partnersWithoutContract(ports, shop, checks);
  const codes = checks.map((check) =>
    check.problem === null && withoutContract.has(check.partnerId)
      ? { ...check, problem: withoutContract.get(check.partnerId) ?? null }
      : check,
  );
  if (problems.length > 0 || codes.some(({ problem }) => problem !== null)) {
    return { ok: false, fields: problems, codes };
  }

  const newCodes = codes.flatMap(({ code, partnerId }): NewCode[] =>
    code ? [{ code, partnerId }] : [],
  );
  const discountId = await ports.store.inTransaction(async (tx) => {
    const made = await tx.discounts.create(shop, { draftKey, terms, codes: newCodes }, now);
    if (made.isNew) await tx.queue.send("make-codes", { shop, batchId: made.batchId });
    return made.discountId;
  });
  return { ok: true, discountId };
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
