import type { Discount } from "../codes/discount.ts";
import type { ShopDomain } from "../ids.ts";
import type { PartnerCode } from "../ports/hand-out-store.ts";
import type { Ports } from "../ports/ports.ts";
import type { HandOutCode } from "./hand-out.ts";
import { shareLink, type LinkTarget } from "./share-link.ts";
import { termsSayer } from "./terms-sayer.ts";

/** What hand-outs of one shop have in common. */
export interface HandOutSetting extends LinkTarget {
  shopName: string;
  timeZone: string;
  now: Date;
  sayTerms: (discount: Discount) => string;
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
  const at = { timeZone, now: clock.now() };
  return { ...at, shopName, host, landingPath, sayTerms: termsSayer(at) };
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
  found: Pick<PartnerCode, "code" | "assignedFrom" | "endsAt" | "needsClick">,
  discount: Discount,
  setting: HandOutSetting,
): HandOutCode {
  const { code, assignedFrom, needsClick } = found;
  // Until it is the partner's, an order with it earns nobody.
  const startsAt = discount.startsAt > assignedFrom ? discount.startsAt : assignedFrom;
  const endsAt = earlierOf(discount.endsAt, found.endsAt);
  const terms = setting.sayTerms({ ...discount, startsAt, endsAt });
  return { code, link: shareLink(setting, code), terms, startsAt, endsAt, needsClick };
}

function earlierOf(one: Date | null, other: Date | null): Date | null {
  if (!one || !other) return one ?? other;
  return one < other ? one : other;
}
