import type { Discount } from "../codes/discount.ts";
import type { ShopDomain } from "../ids.ts";
import type { PartnerCode } from "../ports/hand-out-store.ts";
import type { Ports } from "../ports/ports.ts";
import type { HandOutCode } from "./hand-out.ts";
import { shareLink, type LinkTarget } from "./share-link.ts";
import { termsSentence } from "./terms-sentence.ts";

/** What hand-outs of one shop have in common. */
export interface HandOutSetting extends LinkTarget {
  shopName: string;
  timeZone: string;
  now: Date;
}

/** Null for a shop that is not there. */
export async function readHandOutSetting(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
): Promise<HandOutSetting | null> {
  const [details, landingPath] = await Promise.all([
    store.shops.find(shop),
    store.handOuts.landingPath(shop),
  ]);
  if (!details) return null;
  const { name: shopName, timeZone, host } = details;
  return { shopName, timeZone, host, landingPath, now: clock.now() };
}

/** The discounts of these codes by their ids: one question for all. */
export async function readDiscountsOf(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
  codes: readonly Pick<PartnerCode, "discountId">[],
): Promise<Map<string, Discount>> {
  const ids = [...new Set(codes.map(({ discountId }) => discountId))];
  const found = await store.handOuts.listDiscounts(shop, ids);
  return new Map(found.map((discount) => [discount.id, discount]));
}

/** One code as its partner is told of it. */
export function handOutCode(
  { code, assignedFrom }: Pick<PartnerCode, "code" | "assignedFrom">,
  discount: Discount,
  setting: HandOutSetting,
): HandOutCode {
  // Until it is the partner's, an order with it earns nobody.
  const startsAt = discount.startsAt > assignedFrom ? discount.startsAt : assignedFrom;
  const terms = termsSentence({ ...discount, startsAt }, setting);
  return { code, link: shareLink(setting, code), terms, startsAt, endsAt: discount.endsAt };
}
