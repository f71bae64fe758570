import type { ShopDomain } from "../../ids.ts";
import type { Ports } from "../../ports/ports.ts";
import { failure, success, type Result } from "../../result.ts";
import { MOST_VIEWS, nameIsTaken, parseViewName, type ViewProblem } from "./code-view.ts";

/** Keeps filters and sorting under a name; gives the name as kept. */
export async function saveView(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, name: typed, query }: { shop: ShopDomain; name: string; query: string },
): Promise<Result<string, ViewProblem>> {
  const name = parseViewName(typed);
  if (!name.ok) return name;
  const views = await store.codeViews.list(shop);
  if (views.length >= MOST_VIEWS) {
    const message = `A shop keeps up to ${MOST_VIEWS} views. Delete one to save another.`;
    return failure({ kind: "too-many-views", retry: "never", message });
  }
  const isNew = await store.codeViews.add(shop, { name: name.value, query }, clock.now());
  return isNew ? success(name.value) : failure(nameIsTaken(name.value));
}
