import type { PartnerId } from "../ids.ts";
import type { Code } from "./discount.ts";

/** Which of a shop's codes are meant; null leaves a question open. */
export interface CodeFilter {
  /** A part of the code, upper-cased. */
  text: string | null;
  /** "none": codes that belong to nobody now. */
  partnerId: PartnerId | "none" | null;
  discountId: string | null;
  shopifyState: Code["shopifyState"] | null;
  impactState: Code["impactState"] | null;
  /** Whether an order has come with it. */
  isUsed: boolean | null;
}

/** Codes that were picked one by one, or all that match, however many. */
export type CodeSelection =
  { kind: "picked"; codeIds: readonly string[] } | { kind: "matching"; filter: CodeFilter };
