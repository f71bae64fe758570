import { EVERY_CODE } from "../codes/code-selection.ts";
import { createWarner } from "../codes/warn-named-code.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";
import type { Partner } from "../partners/partner.ts";
import type { PartnerCode } from "../ports/hand-out-store.ts";
import type { Ports } from "../ports/ports.ts";
import { handOutCode, readDiscountsOf, readHandOutSetting } from "./hand-out-of.ts";
import { notReadySentence, whyNotReady } from "./hand-out-standing.ts";
import type { HandOutCode } from "./hand-out.ts";

const SHOWN = 25;
/** Counting more would take longer the better a code sells. */
export const MOST_EARNED_COUNTED = 1_000;

export interface PartnerPageCode extends Pick<PartnerCode, "codeId" | "code" | "discountId"> {
  discountTitle: string;
  /** Null for one that is kept back. */
  handOut: HandOutCode | null;
  /** Why it is kept back. */
  notReady: string | null;
  /** Why it is easily guessed; null too for one that was drawn with a random part. */
  warning: string | null;
  /** MOST_EARNED_COUNTED means as many or more. */
  orders: number;
  lastUsedAt: Date | null;
}

export interface PartnerDetail {
  partner: Partner;
  shopName: string;
  host: string;
  landingPath: string;
  codes: PartnerPageCode[];
  hasPrevious: boolean;
  hasNext: boolean;
}

export interface BesideCode {
  side: "after" | "before";
  code: DiscountCode;
}

/** A partner with a page of the codes they have; null for no such partner. */
export async function readPartner(
  ports: Pick<Ports, "store" | "clock" | "codeMaking">,
  asked: { shop: ShopDomain; partnerId: PartnerId; beside: BesideCode | null },
): Promise<PartnerDetail | null> {
  const { shop, partnerId, beside } = asked;
  const [partner, setting] = await Promise.all([
    ports.store.partners.find(shop, partnerId),
    readHandOutSetting(ports, shop),
  ]);
  if (!partner || !setting) return null;
  const page = await readPage(ports, { shop, partnerId, beside, now: setting.now });
  const codes = page.codes.map(({ code }) => code);
  const [discounts, earned] = await Promise.all([
    readDiscountsOf(ports, shop, page.codes),
    ports.store.handOuts.countEarned(shop, { partnerId, codes, upTo: MOST_EARNED_COUNTED }),
  ]);
  const warn = createWarner(ports.codeMaking);
  const { shopName, host, landingPath } = setting;
  return {
    ...{ partner, shopName, host, landingPath, ...page },
    codes: page.codes.map((found) => {
      const { codeId, code, discountId, lastUsedAt } = found;
      const discount = discounts.get(discountId);
      const reason = discount ? whyNotReady(found) : "no-discount";
      return {
        ...{ codeId, code, discountId, lastUsedAt, orders: earned.get(code) ?? 0 },
        discountTitle: discount?.title ?? "",
        handOut: discount && reason === null ? handOutCode(found, discount, setting) : null,
        notReady: reason && notReadySentence(reason),
        warning: found.isRandom ? null : (warn(code, partner)?.message ?? null),
      };
    }),
  };
}

async function readPage(
  { store }: Pick<Ports, "store">,
  asked: { shop: ShopDomain; partnerId: PartnerId; beside: BesideCode | null; now: Date },
): Promise<{ codes: PartnerCode[]; hasPrevious: boolean; hasNext: boolean }> {
  const { shop, partnerId, beside, now } = asked;
  const scope = { kind: "matching", filter: { ...EVERY_CODE, partnerId } } as const;
  const place = beside && { side: beside.side, place: { partnerId, code: beside.code } };
  const found = await store.handOuts.page(shop, scope, { beside: place, limit: SHOWN + 1 }, now);
  const isMore = found.length > SHOWN;
  if (beside?.side === "before") {
    return { codes: found.slice(-SHOWN), hasPrevious: isMore, hasNext: true };
  }
  return { codes: found.slice(0, SHOWN), hasPrevious: beside !== null, hasNext: isMore };
}
