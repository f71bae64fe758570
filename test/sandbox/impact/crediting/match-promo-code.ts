import type { Rules } from "../rules.ts";
import type { PromoCode } from "../state.ts";

type Registered = Pick<PromoCode, "code" | "type" | "startsAt" | "endsAt" | "isInactive">;

/**
 * The registered code that a typed one means at a moment. Which wins when several fit is not
 * documented: of exact codes and expressions `bothFit` says it, and older ones come before newer ones.
 */
export function matchPromoCode<T extends Registered>(
  typed: string,
  at: Date,
  registered: readonly T[],
  codeCase: Rules["codeCase"],
  bothFit: Rules["bothFit"] = "exact first",
): T | null {
  const active = registered.filter((code) => isActive(code, at));
  const exact = active.find((code) => code.type === "LI" && sameCode(code.code, typed, codeCase));
  const wide = active.find((code) => code.type === "RE" && fits(code.code, typed, codeCase));
  return (bothFit === "exact first" ? (exact ?? wide) : (wide ?? exact)) ?? null;
}

export function isActive(
  code: Pick<PromoCode, "startsAt" | "endsAt" | "isInactive">,
  at: Date,
): boolean {
  if (code.isInactive) return false;
  return code.startsAt <= at && (code.endsAt === null || at < code.endsAt);
}

export function sameCode(one: string, other: string, codeCase: Rules["codeCase"]): boolean {
  return codeCase === "api-page" ? one === other : one.toUpperCase() === other.toUpperCase();
}

function fits(expression: string, typed: string, codeCase: Rules["codeCase"]): boolean {
  return codeCase === "api-page"
    ? new RegExp(`^(?:${expression})$`, "i").test(typed.trim())
    : new RegExp(`^(?:${expression})$`).test(typed);
}
