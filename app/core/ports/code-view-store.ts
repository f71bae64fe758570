import type { CodeView } from "../codes/views/code-view.ts";
import type { ShopDomain } from "../ids.ts";

export interface CodeViewStore {
  /** Oldest first. */
  list(shop: ShopDomain): Promise<CodeView[]>;
  /** False, and nothing is written, where the shop has a view of that name. */
  add(shop: ShopDomain, view: Omit<CodeView, "id">, now: Date): Promise<boolean>;
  rename(shop: ShopDomain, viewId: string, name: string): Promise<"renamed" | "taken" | "gone">;
  remove(shop: ShopDomain, viewId: string): Promise<void>;
}
