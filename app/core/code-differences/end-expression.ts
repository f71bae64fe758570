import type { ShopDomain } from "../ids.ts";
import { failure, success, type Problem, type Result } from "../result.ts";
import type { CodeDifference } from "./code-difference.ts";
import { isAnotherShops, notConnected } from "./repair-at-impact.ts";
import type { Repaired, RepairPorts } from "./repair-difference.ts";

export function isOfExpression({ kind }: Pick<CodeDifference, "kind">): boolean {
  return kind === "expression-matches" || kind === "expression-unread";
}

/** Ends an expression that somebody made by hand: what it has earned stays. */
export async function endExpression(
  { store, impact }: RepairPorts,
  shop: ShopDomain,
  { promoCodeId, subject }: CodeDifference,
): Promise<Result<Repaired, Problem>> {
  const connection = await store.connections.find(shop);
  if (!connection?.program || promoCodeId === null) return failure(notConnected());
  if (await store.changes.isSharedElsewhere(shop, promoCodeId)) {
    return failure(isAnotherShops(subject));
  }
  const ended = await impact.endPromoCode(connection.credentials, promoCodeId);
  return ended.ok ? success(() => Promise.resolve()) : ended;
}
