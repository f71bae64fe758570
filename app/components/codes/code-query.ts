import {
  EVERY_CODE,
  type CodeFilter,
  type CodeSelection,
  type CodeSort,
} from "#app/core/codes/code-selection.ts";
import { IMPACT_STATES, SHOPIFY_STATES } from "#app/core/codes/code-states.ts";
import { LONGEST_CODE, normalizeCode } from "#app/core/codes/code-text.ts";
import { isRowId, type PartnerId } from "#app/core/ids.ts";

/** Which codes the list shows and in what order, as its address tells. */
export interface CodeQuery {
  filter: CodeFilter;
  sort: CodeSort;
}

export interface Beside {
  side: "after" | "before";
  place: string;
}

const NEWEST: CodeSort = { by: "created", descending: true };
const SORTS: CodeSort["by"][] = ["code", "created", "used"];

/** An address typed by hand may hold anything: what makes no sense is left out. */
export function codeQueryIn(query: URLSearchParams): CodeQuery {
  const discountId = query.get("discount") ?? "";
  const partner = query.get("partner") ?? "";
  const used = query.get("used");
  return {
    filter: {
      text: normalizeCode(query.get("search") ?? "").slice(0, LONGEST_CODE) || null,
      partnerId: (partner as PartnerId) || null,
      discountId: isRowId(discountId) ? discountId : null,
      shopifyState: keyIn(SHOPIFY_STATES, query.get("shopify")),
      impactState: keyIn({ ...IMPACT_STATES, unregistered: "" }, query.get("impact")),
      isUsed: used === "yes" || used === "no" ? used === "yes" : null,
    },
    sort: sortIn(query.get("sort") ?? ""),
  };
}

function keyIn<Key extends string>(keys: Record<Key, string>, text: string | null): Key | null {
  return text !== null && Object.hasOwn(keys, text) ? (text as Key) : null;
}

function sortIn(text: string): CodeSort {
  const by = SORTS.find((sort) => sort === text.replace(/^-/, ""));
  return by ? { by, descending: text.startsWith("-") } : NEWEST;
}

export function besideIn(query: URLSearchParams): Beside | null {
  for (const side of ["after", "before"] as const) {
    const place = query.get(side);
    if (place) return { side, place };
  }
  return null;
}

export function sortText({ by, descending }: CodeSort): string {
  return descending ? `-${by}` : by;
}

/** The fields of an address; two queries that mean the same have the same. */
export function fieldsOf({ filter, sort }: CodeQuery): URLSearchParams {
  const { text, partnerId, discountId, shopifyState, impactState, isUsed } = filter;
  const order = sortText(sort);
  return new URLSearchParams({
    ...(text && { search: text }),
    ...(partnerId && { partner: partnerId }),
    ...(discountId && { discount: discountId }),
    ...(shopifyState && { shopify: shopifyState }),
    ...(impactState && { impact: impactState }),
    ...(isUsed !== null && { used: isUsed ? "yes" : "no" }),
    ...(order !== sortText(NEWEST) && { sort: order }),
  });
}

export function codesUrl(query: CodeQuery, beside: Beside | null = null): string {
  const fields = fieldsOf(query);
  if (beside) fields.set(beside.side, beside.place);
  return fields.size > 0 ? `/app/codes?${fields}` : "/app/codes";
}

export function isFiltered({ filter }: CodeQuery): boolean {
  return Object.values(filter).some((value) => value !== null);
}

export const ALL: CodeQuery = { filter: EVERY_CODE, sort: NEWEST };
export const NOBODYS: CodeQuery = { ...ALL, filter: { ...EVERY_CODE, partnerId: "none" } };

/** Every field of an address by which codes are selected. */
export const SELECTING = [
  ...["batch", "id", "needing", "all"],
  ...["search", "partner", "discount", "shopify", "impact", "used"],
];

/** A selection as the fields of an address; `selectionIn` reads it back. */
export function selectionFields(selection: CodeSelection): URLSearchParams {
  if (selection.kind === "matching") {
    const fields = fieldsOf({ ...ALL, filter: selection.filter });
    return fields.size > 0 ? fields : new URLSearchParams({ all: "1" });
  }
  if (selection.kind === "needing-click") return new URLSearchParams({ needing: "click" });
  return new URLSearchParams(selection.codeIds.map((id) => ["id", id]));
}

/** Every code is meant only where that is said: an address that has lost its fields selects none. */
export function selectionIn(fields: URLSearchParams): CodeSelection {
  const codeIds = fields.getAll("id").filter(isRowId);
  if (fields.has("id")) return { kind: "picked", codeIds };
  if (fields.get("needing") === "click") return { kind: "needing-click" };
  const query = codeQueryIn(fields);
  const isMeant = isFiltered(query) || fields.get("all") === "1";
  return isMeant ? { kind: "matching", filter: query.filter } : { kind: "picked", codeIds };
}
