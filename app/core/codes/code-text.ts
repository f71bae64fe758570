import { failure, success, type Problem, type Result } from "../result.ts";
import type { DiscountCode } from "../ids.ts";

/** impact.com takes 64 characters (OrderPromoCode), Shopify 255: the shorter one counts. */
export const LONGEST_CODE = 64;

/** Codes compare upper-cased at Shopify; impact.com is sent this spelling, or registered-as.ts. */
export function normalizeCode(text: string): DiscountCode {
  return text.trim().toUpperCase() as DiscountCode;
}

export type CodeTextProblem = Problem<"code-text">;

/** A code as typed → the code as kept, or a sentence for beside the field. */
export function parseCode(text: string): Result<DiscountCode, CodeTextProblem> {
  const code = normalizeCode(text);
  if (code === "") return failure(problem("Enter a code."));
  if (code.length > LONGEST_CODE) {
    return failure(
      problem(`Use at most ${LONGEST_CODE} characters: impact.com takes no longer code.`),
    );
  }
  // As typed: upper-casing makes A–Z of letters like ß and ı, which no customer types in their place.
  if (!/^[A-Z0-9][A-Z0-9_-]*$/i.test(text.trim())) {
    return failure(
      problem(
        "Use only letters A–Z, digits, hyphens and underscores, starting with a letter or digit.",
      ),
    );
  }
  return success(code);
}

function problem(message: string): CodeTextProblem {
  return { kind: "code-text", retry: "never", message };
}
