import { createDiscount } from "#app/core/codes/create-discount.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import { addShop } from "#test/sandbox/shopify/create-state.ts";
import { draftFor, setUpProgram } from "#test/support/merchant.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

/**
 * The same world seen by a second shop on the same impact.com account, with a code of its own,
 * one reported order and one that earned nobody.
 */
export async function withSecondShop(world: World): Promise<World> {
  const shop = addShop(world.shopifyState, {
    domain: "coffee-house.myshopify.com",
    name: "Coffee House",
    currency: "USD",
    ianaTimezone: "Europe/Berlin",
    plan: "standard",
    products: [
      { title: "Mug", productType: "Drinkware", variants: [{ sku: "MUG", price: 1_000 }] },
      { title: "Kettle", productType: "Kitchen", variants: [{ sku: "KETTLE", price: 2_000 }] },
    ],
  });
  const second = { ...world, shop, domain: shop.domain as ShopDomain };
  await setUpProgram(second);
  const draft = draftFor([["10001", "COFFEE"]]);
  const made = await createDiscount(second.ports, {
    shop: second.domain,
    draftKey: "second",
    draft,
  });
  if (!made.ok) throw new Error(JSON.stringify(made));
  await second.drain();
  await buyAndDeliver(second, { codes: ["COFFEE"] });
  await buyAndDeliver(second);
  return second;
}
