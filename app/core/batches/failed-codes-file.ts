import type { Code } from "../codes/discount.ts";
import { toCsv } from "../csv.ts";
import type { RefusedRow } from "../uploads/upload.ts";
import type { LeftOut } from "./batch.ts";

/** Codes that failed, where, and why, as a CSV file; last the rows that no code was made of, and partners without one. */
export function failedCodesFile(
  codes: readonly Code[],
  refused: readonly RefusedRow[] = [],
  leftOut: readonly (LeftOut & { name: string })[] = [],
): string {
  const heading = ["Code", "Partner", "Partner id", "Failed at", "Reason"];
  return toCsv([
    heading,
    ...codes.map(row),
    ...refused.map(refusedRow),
    ...leftOut.map(leftOutRow),
  ]);
}

function row({ code, partner, shopifyState, shopifyProblem, impactProblem }: Code): string[] {
  const isShopify = shopifyState === "failed";
  const reason = (isShopify ? shopifyProblem : impactProblem) ?? "";
  const place = isShopify ? "Shopify" : "impact.com";
  return [code, partner?.name ?? "", partner?.partnerId ?? "", place, reason];
}

function refusedRow({ code, partner, problem }: RefusedRow): string[] {
  return [code, partner.name, partner.partnerId, "This app", problem];
}

function leftOutRow({ partnerId, name, problem }: LeftOut & { name: string }): string[] {
  return ["", name, partnerId, "This app", problem];
}
