import { isRowId } from "#app/core/ids.ts";
import type { HandOutScope } from "#app/core/ports/hand-out-store.ts";
import { isFiltered, ALL, SELECTING, selectionFields, selectionIn } from "../codes/code-query.ts";

/**
 * Which codes an address means: `?batch=`, or a selection as the Codes page writes it. The page by
 * itself is about every code: handing out changes none.
 */
export function scopeIn(fields: URLSearchParams): HandOutScope {
  const batchId = fields.get("batch") ?? "";
  // Loaded anew inside the admin, an address carries fields of Shopify's own.
  if (!SELECTING.some((name) => fields.has(name))) return { kind: "matching", filter: ALL.filter };
  const isOfBatch = isRowId(batchId) && !fields.has("id");
  return isOfBatch ? { kind: "batch", batchId } : selectionIn(fields);
}

/** The fields of an address that `scopeIn` reads back. */
export function scopeFields(scope: HandOutScope): URLSearchParams {
  if (scope.kind === "batch") return new URLSearchParams({ batch: scope.batchId });
  return selectionFields(scope);
}

/** Which codes are meant, in a few words. */
export function scopeText(scope: HandOutScope): string {
  if (scope.kind === "batch") return "The codes of one batch.";
  if (scope.kind === "picked") return "The codes you have selected.";
  if (scope.kind === "needing-click") return "The codes that earn only with a click.";
  const { filter } = scope;
  if (!isFiltered({ ...ALL, filter })) return "All codes of all partners.";
  const { discountId, partnerId, ...others } = filter;
  const isMore = Object.values(others).some((value) => value !== null);
  if (!isMore && partnerId === null) return "The codes of one discount.";
  if (!isMore && discountId === null) return "The codes of one partner.";
  return "The codes that match your filters.";
}
