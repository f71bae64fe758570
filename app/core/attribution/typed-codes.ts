import { normalizeCode } from "../codes/code-text.ts";
import type { DiscountCode } from "../ids.ts";
import type { CodeCandidate, KnownCode } from "./attribution.ts";
import type { Contender } from "./choose-codes.ts";

/** A typed code as it is known: a partner's, or the verdict on one that is nobody's. */
export type TypedCode = Contender | CodeCandidate;

export function isContender(typed: TypedCode): typed is Contender {
  return "discountId" in typed;
}

export function isNobodys(typed: TypedCode): typed is CodeCandidate {
  return !isContender(typed);
}

/**
 * An order's codes in the order entered. One typed twice, or in another case, is one, and what each of
 * them took off the goods counts together.
 */
export function readTypedCodes(
  { typedCodes, tookMinor }: { typedCodes: readonly string[]; tookMinor: readonly number[] | null },
  known: readonly KnownCode[],
): TypedCode[] {
  const byCode = new Map(known.map((entry) => [entry.code, entry]));
  const took = new Map<DiscountCode, number>();
  typedCodes.forEach((text, index) => {
    const code = normalizeCode(text);
    took.set(code, (took.get(code) ?? 0) + (tookMinor?.[index] ?? 0));
  });
  return [...took].map(([code, minor]): TypedCode => {
    const entry = byCode.get(code);
    if (!entry) return nobodys(code, "not-a-partner-code");
    if (!entry.partner) return nobodys(code, "not-assigned-then");
    return { ...entry, partner: entry.partner, tookMinor: minor };
  });
}

function nobodys(code: DiscountCode, verdict: CodeCandidate["verdict"]): CodeCandidate {
  return { kind: "code", code, partner: null, verdict, met: null };
}
