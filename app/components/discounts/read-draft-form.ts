import type { DiscountDraft } from "#app/core/codes/discount-draft.ts";
import type { PartnerId } from "#app/core/ids.ts";
import { z } from "zod";

const text = z.string().max(1_000).catch("");

const fields = z.object({
  draftKey: z.uuid(),
  title: text,
  valueKind: z.enum(["percentage", "amount"]).catch("percentage"),
  value: text,
  startsOn: text,
  endsOn: text,
  usageLimit: text,
  minimum: text,
});

/** The New discount form as it was sent; null when it is no form of ours. */
export function readDraftForm(form: FormData): { draftKey: string; draft: DiscountDraft } | null {
  const parsed = fields.safeParse(Object.fromEntries(form));
  if (!parsed.success) return null;
  const { draftKey, ...typed } = parsed.data;
  const codes = textsOf(form, "code");
  return {
    draftKey,
    draft: {
      ...typed,
      oncePerCustomer: form.has("oncePerCustomer"),
      combines: form.has("combines"),
      codes: textsOf(form, "partnerId").map((partnerId, index) => ({
        partnerId: partnerId as PartnerId,
        code: codes[index] ?? "",
      })),
    },
  };
}

function textsOf(form: FormData, name: string): string[] {
  return form.getAll(name).map((value) => (typeof value === "string" ? value : ""));
}
