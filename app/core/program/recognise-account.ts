import { keyOf, queryFor } from "../conversions/listed-actions.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { ImpactCredentials } from "./program.ts";

/** How far the date of an action may be from the one that was sent. */
const MARGIN_MS = 86_400_000;

/**
 * Each token of one impact.com account has an Account SID of its own (reference/impact.md, section 1), so
 * a new token looks like another account. Where the program lists under it what was reported through
 * another, it is the same account: changes and outcomes of what was reported then go through it from now on.
 */
export async function recogniseAccount(
  { store, impact }: Pick<Ports, "store" | "impact">,
  shop: ShopDomain,
  credentials: ImpactCredentials,
  programId: string,
): Promise<void> {
  const { accountSid } = credentials;
  const ours = await store.conversions.findCreditedElsewhere(shop, { accountSid, programId });
  if (!ours?.accountSid) return;
  const query = queryFor([{ conversion: ours }], MARGIN_MS);
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const answer = await impact.listActions(credentials, { ...query, page });
    // Choosing the program once more asks again.
    if (!answer.ok) return;
    pages = answer.value.pages;
    if (!answer.value.actions.some((action) => keyOf(action) === keyOf(ours))) continue;
    return store.conversions.moveAccount(shop, { from: ours.accountSid, to: accountSid });
  }
}
