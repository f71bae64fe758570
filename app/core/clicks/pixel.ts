import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { ShopifyProblem } from "../ports/shopify.ts";
import { success, type Result } from "../result.ts";

interface Asked {
  shop: ShopDomain;
  /** Where the pixel is to tell clicks. */
  endpoint: string;
}

/** Whether the shop's checkout tells us of clicks, at the address where we listen. */
export async function readPixel(
  { shopify }: Pick<Ports, "shopify">,
  { shop, endpoint }: Asked,
): Promise<Result<{ isOn: boolean }, ShopifyProblem>> {
  const pixel = await shopify.readPixel(shop);
  return pixel.ok ? success({ isOn: pixel.value?.endpoint === endpoint }) : pixel;
}

/** Activates the pixel, or corrects its address; where it is on already nothing changes. */
export async function turnOnPixel(
  { shopify }: Pick<Ports, "shopify">,
  { shop, endpoint }: Asked,
): Promise<Result<void, ShopifyProblem>> {
  const pixel = await shopify.readPixel(shop);
  if (!pixel.ok) return pixel;
  if (pixel.value?.endpoint === endpoint) return success(undefined);
  return shopify.savePixel(shop, { id: pixel.value?.id ?? null, endpoint });
}
