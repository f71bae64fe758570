import type { Violation } from "./violation.ts";

/** What the prose of PUT and DELETE /Actions asks for beyond the fields themselves. */
export function checkActionChange(form: URLSearchParams): Violation[] {
  const violations: Violation[] = [];
  const refuse = (field: string, message: string) =>
    violations.push({ field, message, status: 400 });

  const byOrder = form.has("ActionTrackerId") && form.has("OrderId");
  if (!form.has("ActionId") && !byOrder)
    refuse("ActionId", "ActionId, or ActionTrackerId and OrderId, is required");
  for (const name of form.keys()) {
    const number = /^(?:Category|Quantity|ItemSubTotalDelta|Amount)(\d*)$/.exec(name)?.[1];
    const ofAnItem = number !== undefined && !(name === "Amount" && !form.has("Sku"));
    if (ofAnItem && !form.has(`Sku${number}`)) refuse(`Sku${number}`, `Required with ${name}`);
    if (name.startsWith("ItemSubTotalDelta") && form.has(`Amount${number ?? ""}`))
      refuse(name, "Use instead of Amount");
  }
  return violations;
}
