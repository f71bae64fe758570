import type { ShopDomain } from "../ids.ts";
import type { ImpactProblem, ListedPromoCode } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import { success, type Result } from "../result.ts";

/**
 * Hands on all that the shop's program has at impact.com, ended registrations among it, a page after
 * the other, and gives how many pages it were: none where the shop has no program yet. Each is 1,000
 * registrations, and one request.
 */
export async function eachRegistrationPage(
  { store, impact, clock }: Pick<Ports, "store" | "impact" | "clock">,
  shop: ShopDomain,
  take: (listed: readonly ListedPromoCode[]) => Promise<void>,
): Promise<Result<number, ImpactProblem>> {
  const connection = await store.connections.find(shop);
  if (!connection?.program) return success(0);
  const { programId } = connection.program;
  let pages = 1;
  for (let page = 1; page <= pages; page += 1) {
    const query = { programId, page, now: clock.now(), priority: "registration" as const };
    const read = await impact.listPromoCodes(connection.credentials, query);
    if (!read.ok) return read;
    ({ pages } = read.value);
    await take(read.value.promoCodes);
  }
  return success(pages);
}
