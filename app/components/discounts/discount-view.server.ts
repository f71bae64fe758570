import { isSayable, type Code, type Discount } from "#app/core/codes/discount.ts";
import type { DiscountDetail } from "#app/core/codes/read-discounts.ts";
import { discountTermsView } from "./discount-terms.server.ts";

export type DiscountView = ReturnType<typeof discountView>;
export type CodeRow = DiscountView["codes"][number];

/** One discount with how far each of its codes has come on both sides. */
export function discountView(
  { discount, page, counts, batch }: DiscountDetail,
  at: { timeZone: string; now: Date },
) {
  const isMaking = batch?.state === "running" || batch?.state === "cancelling";
  return {
    id: discount.id,
    title: discount.title,
    shopifyId: discount.shopifyId?.split("/").at(-1) ?? null,
    terms: discountTermsView(discount, at),
    life: lifeOf(discount),
    counts,
    batchId: batch?.id ?? null,
    batchProblem: batch?.problem ?? null,
    isMaking,
    canRetry: counts.failed > 0 || batch?.state === "failed",
    isWorking: isMaking || counts.waiting > 0,
    codes: page.codes.map(codeRow),
    previous: page.hasPrevious ? (page.codes[0]?.code ?? null) : null,
    next: page.hasNext ? (page.codes.at(-1)?.code ?? null) : null,
  };
}

/** What may be done with it in Shopify from here. */
function lifeOf(discount: Discount) {
  const isThere = discount.shopifyId !== null && discount.deletedAt === null;
  return {
    isThere,
    canEdit: isThere && isSayable(discount),
    isDeleted: discount.deletedAt !== null,
    isDeactivated: discount.deactivatedAt !== null,
  };
}

function codeRow(code: Code) {
  return {
    id: code.id,
    code: code.code,
    partner: code.partner?.name ?? null,
    shopify: code.shopifyState,
    // What is not in Shopify yet has nothing to be registered.
    impact: code.shopifyState === "live" ? code.impactState : null,
    problem: code.shopifyProblem ?? code.impactProblem,
  };
}
