import type { ShopDomain } from "../../ids.ts";
import type { Ports } from "../../ports/ports.ts";
import type { CodeView } from "./code-view.ts";

/** A shop's views, oldest first. */
export function listViews({ store }: Pick<Ports, "store">, shop: ShopDomain): Promise<CodeView[]> {
  return store.codeViews.list(shop);
}
