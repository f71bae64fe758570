import type { Code } from "../codes/discount.ts";
import { toCsv } from "../csv.ts";

/** Codes that failed, where, and why, as a CSV file. */
export function failedCodesFile(codes: readonly Code[]): string {
  const heading = ["Code", "Partner", "Partner id", "Failed at", "Reason"];
  return toCsv([heading, ...codes.map(row)]);
}

function row({ code, partner, shopifyState, shopifyProblem, impactProblem }: Code): string[] {
  const isShopify = shopifyState === "failed";
  const reason = (isShopify ? shopifyProblem : impactProblem) ?? "";
  const place = isShopify ? "Shopify" : "impact.com";
  return [code, partner?.name ?? "", partner?.partnerId ?? "", place, reason];
}
