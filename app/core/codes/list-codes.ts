import type { ShopDomain } from "../ids.ts";
import type { ListedPage } from "../ports/code-stores.ts";
import type { Ports } from "../ports/ports.ts";
import type { CodeFilter, CodeSort } from "./code-selection.ts";

const SHOWN = 50;
/** Counting more would take longer the more codes a shop has. */
export const MOST_COUNTED = 1_000;

export interface CodeList extends Omit<ListedPage, "matching"> {
  /** How many match; null: more than `MOST_COUNTED`. */
  matching: number | null;
}

/** A page of a shop's codes that match, after or right before a place. */
export async function listCodes(
  { store }: Pick<Ports, "store">,
  asked: {
    shop: ShopDomain;
    filter: CodeFilter;
    sort: CodeSort;
    beside: { side: "after" | "before"; place: string } | null;
  },
): Promise<CodeList> {
  const { shop, filter, sort, beside } = asked;
  const page = { sort, beside, limit: SHOWN, countUpTo: MOST_COUNTED + 1 };
  const selection = { kind: "matching", filter } as const;
  const { matching, ...list } = await store.codes.pageListed(shop, selection, page);
  return { ...list, matching: matching > MOST_COUNTED ? null : matching };
}
