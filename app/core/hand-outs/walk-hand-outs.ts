import type { ShopDomain } from "../ids.ts";
import type { HandOutPlace, HandOutScope, PartnerCode } from "../ports/hand-out-store.ts";
import type { Ports } from "../ports/ports.ts";
import { handOutCode, readDiscountsOf, type HandOutSetting } from "./hand-out-of.ts";
import { whyNotReady } from "./hand-out-standing.ts";
import type { HandOutCode } from "./hand-out.ts";

const CODES_AT_ONCE = 1_000;

export interface HandedOut {
  partner: PartnerCode["partner"];
  code: HandOutCode;
}

/** All codes of a scope that are ready, partner by partner, some at a time. */
export async function* walkHandOuts(
  ports: Pick<Ports, "store">,
  asked: { shop: ShopDomain; scope: HandOutScope; setting: HandOutSetting },
): AsyncGenerator<HandedOut[]> {
  const { shop, scope, setting } = asked;
  for (let place: HandOutPlace | null = null; ;) {
    const beside: { side: "after"; place: HandOutPlace } | null = place && { side: "after", place };
    const page = { beside, limit: CODES_AT_ONCE };
    const found = await ports.store.handOuts.page(shop, scope, page, setting.now);
    const ready = found.filter((code) => whyNotReady(code) === null);
    const discounts = await readDiscountsOf(ports, shop, ready);
    const handed = ready.flatMap((code) => {
      const discount = discounts.get(code.discountId);
      return discount
        ? [{ partner: code.partner, code: handOutCode(code, discount, setting) }]
        : [];
    });
    if (handed.length > 0) yield handed;
    const last = found.at(-1);
    if (!last || found.length < CODES_AT_ONCE) return;
    place = { partnerId: last.partner.partnerId, code: last.code };
  }
}
