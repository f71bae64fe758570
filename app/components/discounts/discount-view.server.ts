import type { Code } from "#app/core/codes/discount.ts";
import type { DiscountDetail } from "#app/core/codes/read-discounts.ts";
import { discountTermsView } from "./discount-terms.server.ts";

export type DiscountView = ReturnType<typeof discountView>;
export type CodeRow = DiscountView["codes"][number];

/** One discount with how far each of its codes has come on both sides. */
export function discountView(
  { discount, codes, batch }: DiscountDetail,
  at: { timeZone: string; now: Date },
) {
  const live = codes.filter(({ shopifyState }) => shopifyState === "live");
  const registered = codes.filter(({ impactState }) => impactState === "registered");
  const failed = codes.filter(hasFailed);
  const isMaking = batch?.state === "running";
  return {
    id: discount.id,
    title: discount.title,
    shopifyId: discount.shopifyId?.split("/").at(-1) ?? null,
    terms: discountTermsView(discount, at),
    counts: {
      all: codes.length,
      live: live.length,
      registered: registered.length,
      failed: failed.length,
    },
    batchProblem: batch?.problem ?? null,
    isMaking,
    canRetry: failed.length > 0 || batch?.state === "failed",
    isWorking: isMaking || live.some(({ impactState }) => impactState === "planned"),
    codes: codes.map(codeRow),
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

function hasFailed({ shopifyState, impactState }: Code): boolean {
  return shopifyState === "failed" || impactState === "failed";
}
