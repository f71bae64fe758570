import type { ShopDomain } from "../../ids.ts";
import type { Ports } from "../../ports/ports.ts";
import { failure, success, type Result } from "../../result.ts";
import { nameIsTaken, parseViewName, type ViewProblem } from "./code-view.ts";

/** Gives the name as kept. */
export async function renameView(
  { store }: Pick<Ports, "store">,
  { shop, viewId, name: typed }: { shop: ShopDomain; viewId: string; name: string },
): Promise<Result<string, ViewProblem>> {
  const name = parseViewName(typed);
  if (!name.ok) return name;
  const outcome = await store.codeViews.rename(shop, viewId, name.value);
  if (outcome === "taken") return failure(nameIsTaken(name.value));
  if (outcome === "gone") {
    const message = "This view is no longer there. Somebody has deleted it.";
    return failure({ kind: "view-gone", retry: "never", message });
  }
  return success(name.value);
}
