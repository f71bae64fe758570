import type { Chosen } from "#app/core/codes/discount.ts";
import type { DiscountDraft } from "#app/core/codes/discount-draft.ts";
import type { TermsDraft } from "#app/core/codes/terms-draft.ts";
import type { PartnerId } from "#app/core/ids.ts";
import { z } from "zod";

const text = z.string().max(1_000).catch("");

const fields = z.object({
  title: text,
  valueKind: z.enum(["percentage", "amount", "amount-each", "free-shipping"]).catch("percentage"),
  value: text,
  mostShipping: text,
  itemsKind: z.enum(["all", "products", "collections"]).catch("all"),
  buyersKind: z.enum(["all", "segments"]).catch("all"),
  purchases: z.enum(["one-time", "subscription", "both"]).catch("one-time"),
  cycles: text,
  startsOn: text,
  endsOn: text,
  usageLimit: text,
  minimumKind: z.enum(["subtotal", "quantity"]).catch("subtotal"),
  minimum: text,
  tags: z.string().max(2_000).catch(""),
});

/** The terms of a discount as its form was sent. */
export function readTermsForm(form: FormData): TermsDraft {
  return {
    ...fields.parse(Object.fromEntries(form)),
    items: chosenIn(form, "item"),
    segments: chosenIn(form, "segment"),
    oncePerCustomer: form.has("oncePerCustomer"),
    combines: form.has("combines"),
    combinesProducts: form.has("combinesProducts"),
    combinesShipping: form.has("combinesShipping"),
  };
}

/** The New discount form as it was sent; null when it is no form of ours. */
export function readDraftForm(form: FormData): { draftKey: string; draft: DiscountDraft } | null {
  const draftKey = z.uuid().safeParse(form.get("draftKey"));
  if (!draftKey.success) return null;
  const codes = textsOf(form, "code");
  return {
    draftKey: draftKey.data,
    draft: {
      ...readTermsForm(form),
      codes: textsOf(form, "partnerId").map((partnerId, index) => ({
        partnerId: partnerId as PartnerId,
        code: codes[index] ?? "",
      })),
    },
  };
}

function chosenIn(form: FormData, name: "item" | "segment"): Chosen[] {
  const titles = textsOf(form, `${name}Title`);
  return textsOf(form, `${name}Id`).map((id, index) => ({ id, title: titles[index] ?? "" }));
}

function textsOf(form: FormData, name: string): string[] {
  return form.getAll(name).map((value) => (typeof value === "string" ? value : ""));
}
