import type { DatedRule } from "../attribution/rules-at.ts";
import type { ShopDomain } from "../ids.ts";

/** What a merchant chose about clicks and codes; nothing of it is ever changed or taken away. */
export interface RuleStore {
  /** Every rule the shop ever had, oldest first. */
  list(shop: ShopDomain): Promise<DatedRule[]>;
  /** A rule that holds from then on. A later one of the same time is refused by its key. */
  append(shop: ShopDomain, rule: DatedRule): Promise<void>;
}
