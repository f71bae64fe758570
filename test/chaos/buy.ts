import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { placeOrder, type OrderRequest } from "#test/sandbox/shopify/orders/place-order.ts";
import type { Shop, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { due } from "./due.ts";
import type { Happened } from "./happened.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** What a shop's customers can type, and how it sells. */
export interface Offer {
  shop: Shop;
  partnerCodes: string[];
  /** Works at checkout and is no partner's. */
  otherCode: string;
  tax: Pick<OrderRequest, "taxRate" | "taxesIncluded">;
}

const TYPED = ["without code", "code of nobody", "codes of two"] as const;

/** What is decided of an order before it is placed. */
export type Terms = Pick<OrderRequest, "test" | "financialStatus" | "paidBy"> & {
  /** Only with a partner's code it shows what comes of the rest. */
  isCredited: boolean;
};

export type Buy = (offer: Offer, terms: Terms) => StoredOrder;

/** Places an order of a few lines, with or without codes, mostly with shipping. */
export function createBuy(
  { shopifyState }: Pick<DemoWorld, "shopifyState">,
  random: SeededRandom,
  happened: Happened,
): Buy {
  const typed = due(TYPED, random, happened);
  return ({ shop, partnerCodes, otherCode, tax }, { isCredited, ...terms }) => {
    const lines = Array.from({ length: random.between(1, 3) }, () => ({
      variantId: random.pick(random.pick(shop.products).variants).id,
      quantity: random.between(1, 4),
    }));
    const kind = isCredited ? null : typed.next(() => drawTyped(random));
    if (kind) typed.done(kind);
    const own = random.shuffle(partnerCodes);
    const codes = {
      "without code": [],
      "code of nobody": [otherCode],
      "codes of two": random.chance(0.3) ? [otherCode, ...own.slice(0, 1)] : own.slice(0, 2),
      "code of one": own.slice(0, 1),
    }[kind ?? "code of one"];
    const shipping = { title: "Standard", minor: random.between(200, 900) };
    return placeOrder(shopifyState, shop, {
      ...{ lines, ...tax, ...terms },
      ...(random.chance(0.8) && { shipping }),
      codes: codes.map((code) => (random.chance(0.3) ? code.toLowerCase() : code)),
      customer: { email: `customer${random.between(1, 400)}@example.com` },
      whenCodeRefused: "pay-without",
    });
  };
}

function drawTyped(random: SeededRandom): (typeof TYPED)[number] | null {
  const drawn = random.next();
  if (drawn < 0.075) return "without code";
  if (drawn < 0.15) return "code of nobody";
  return drawn < 0.235 ? "codes of two" : null;
}
