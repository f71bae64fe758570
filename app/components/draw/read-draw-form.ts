import { z } from "zod";
import type { DrawForm } from "#app/core/batches/start-drawing.ts";
import type { PartnerId } from "#app/core/ids.ts";

const text = z.string().max(1_000).catch("");
const fields = z.object({ draftKey: z.uuid(), pattern: text, codesEach: text });

/** The Add codes form as it was sent; null when it is no form of ours. */
export function readDrawForm(form: FormData): Omit<DrawForm, "shop" | "discountId"> | null {
  const parsed = fields.safeParse(Object.fromEntries(form));
  return parsed.success
    ? {
        ...parsed.data,
        partnerIds: partnerIdsIn(form),
        asFamilies: form.get("asFamilies") === "yes",
      }
    : null;
}

/** The same names stand in the form and in the address its examples are asked at. */
export function partnerIdsIn(form: FormData | URLSearchParams): DrawForm["partnerIds"] {
  if (form.has("everyone")) return "all";
  return form
    .getAll("partnerId")
    .flatMap((value) => (typeof value === "string" ? [value as PartnerId] : []));
}
