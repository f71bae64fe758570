import type { Shop } from "#test/sandbox/shopify/state.ts";

interface RedeemCodeProblem {
  code: "TOO_SHORT" | "BLANK" | "INVALID" | "TOO_LONG" | "TAKEN";
  /** Shopify's words without their subject: "Code …" on a discount, bare in a bulk creation. */
  message: string;
}

const MAXIMUM_CODE_LENGTH = 255;

/** A store compares codes without regard to case. */
export function codeKey(code: string): string {
  return code.toUpperCase();
}

/** Why a code cannot be made in this store; null if it can. */
export function redeemCodeProblem(shop: Shop, code: string): RedeemCodeProblem | null {
  if (code === "") return { code: "TOO_SHORT", message: "is too short (minimum is 1 character)" };
  if (code.trim() === "") return { code: "BLANK", message: "can't be blank" };
  if (/[\n\r]/.test(code)) {
    return { code: "INVALID", message: "cannot contain newline characters." };
  }
  if (code.includes(",")) return { code: "INVALID", message: "cannot contain commas." };
  if (code.length > MAXIMUM_CODE_LENGTH) {
    return {
      code: "TOO_LONG",
      message: `is too long (maximum is ${MAXIMUM_CODE_LENGTH} characters)`,
    };
  }
  return shop.codes.has(codeKey(code))
    ? { code: "TAKEN", message: "must be unique. Please try a different code." }
    : null;
}
