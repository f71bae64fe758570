import type { Shop } from "#test/sandbox/shopify/state.ts";
import type { Shopper } from "./shopper.ts";

/** The cart as `/cart.js` and `/cart/update.js` answer it. */
export function cartJson({ token, lines, attributes }: Shopper) {
  const items = lines.map(({ variantId, quantity }) => ({ variant_id: variantId, quantity }));
  return { token, attributes, item_count: itemCount(lines), items };
}

export function itemCount(lines: Shopper["lines"]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** `/cart/update.js`: attributes are set one by one, and an empty one is gone. */
export function updateCart(shopper: Shopper, body: string): void {
  const { attributes = {} } = JSON.parse(body) as { attributes?: Record<string, string | null> };
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === "") Reflect.deleteProperty(shopper.attributes, name);
    else shopper.attributes[name] = String(value);
  }
}

/** One more of a variant, where the shop sells it. */
export function addToCart(shop: Shop, shopper: Shopper, variantId: string): void {
  const line = shopper.lines.find((candidate) => candidate.variantId === variantId);
  if (line) line.quantity += 1;
  else if (sells(shop, variantId)) shopper.lines.push({ variantId, quantity: 1 });
}

export function sells(shop: Shop, variantId: string): boolean {
  return shop.products.some(({ variants }) => variants.some(({ id }) => id === variantId));
}
