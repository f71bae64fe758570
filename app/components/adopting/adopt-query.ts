import type { PartnersBy } from "#app/core/adopting/adoption.ts";

export const FIRST_PATTERN = "{PARTNER}*";

/** How partners are found, as the form's fields say it; null for no such way. */
export function partnersByIn(form: FormData): Exclude<PartnersBy, { kind: "file" }> | null {
  const by = form.get("by");
  if (by === "impact" || by === "nobody") return { kind: by };
  const pattern = form.get("pattern");
  if (by !== "pattern" || typeof pattern !== "string") return null;
  return { kind: "pattern", pattern: pattern.trim() };
}

/** Picked discounts, each as its id at Shopify and its title; what is no such id is left out. */
export function pickedIn(form: FormData): { shopifyId: string; title: string }[] {
  return form.getAll("discount").flatMap((value) => {
    const [, shopifyId, title] = (typeof value === "string" && PICKED.exec(value)) || [];
    return shopifyId ? [{ shopifyId, title: title ?? "" }] : [];
  });
}

const PICKED = /^(gid:\/\/shopify\/DiscountCodeNode\/[\w-]{1,100}) ([^]{0,300})$/;

export function pickedField({ id, title }: { id: string; title: string }): string {
  return `${id} ${title.slice(0, 300)}`;
}
