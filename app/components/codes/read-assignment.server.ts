import { LONGEST_CODE, normalizeCode } from "#app/core/codes/code-text.ts";
import { readDay } from "#app/core/codes/discount-draft.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";

/** The Assign form, from its address or its fields. */
export function readAssignment(
  fields: URLSearchParams | FormData,
  { timeZone }: { timeZone: string },
): { code: DiscountCode | null; partnerId: PartnerId | null; since: Date | null } {
  const text = (name: string) => {
    const value = fields.get(name);
    return typeof value === "string" ? value.trim() : "";
  };
  const code = normalizeCode(text("code"));
  const isCode = code !== "" && code.length <= LONGEST_CODE;
  return {
    code: isCode ? code : null,
    partnerId: (text("partner") as PartnerId) || null,
    since: readDay(text("since"), timeZone),
  };
}
