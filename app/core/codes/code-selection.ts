import type { PartnerId } from "../ids.ts";
import type { Code } from "./discount.ts";

/** Which of a shop's codes are meant; null leaves a question open. */
export interface CodeFilter {
  /** A part of the code, upper-cased; of one or two characters, what it begins with. */
  text: string | null;
  /** "none": codes that belong to nobody now. */
  partnerId: PartnerId | "none" | null;
  discountId: string | null;
  shopifyState: Code["shopifyState"] | null;
  /** "unregistered": all that are not registered, whatever the reason. */
  impactState: Code["impactState"] | "unregistered" | null;
  /** Whether an order has come with it. */
  isUsed: boolean | null;
}

/** Codes that were picked one by one, or all that match, however many. */
export type CodeSelection =
  | { kind: "picked"; codeIds: readonly string[] }
  | { kind: "matching"; filter: CodeFilter }
  /** Live codes of partners that are registered otherwise than ALWAYS. */
  | { kind: "needing-click" };

/** Shorter than this, a text is looked for at the beginning of codes only. */
export const SHORTEST_PART = 3;

export const EVERY_CODE: CodeFilter = {
  text: null,
  partnerId: null,
  discountId: null,
  shopifyState: null,
  impactState: null,
  isUsed: null,
};

/** By "used", codes that no order has come with stand as the ones used longest ago. */
export interface CodeSort {
  by: "code" | "created" | "used";
  descending: boolean;
}
