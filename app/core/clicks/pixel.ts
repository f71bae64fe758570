import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { ShopifyProblem } from "../ports/shopify.ts";
import { success, type Result } from "../result.ts";

interface Asked {
  shop: ShopDomain;
  /** Where the pixel is to tell clicks. */
  endpoint: string;
}

type PixelPorts = Pick<Ports, "shopify" | "store">;

/**
 * Whether the shop's checkout tells us of clicks, at the address where we listen. It is kept: only where
 * it does an order waits for its pixel's word.
 */
export async function readPixel(
  { shopify, store }: PixelPorts,
  { shop, endpoint }: Asked,
): Promise<Result<{ isOn: boolean }, ShopifyProblem>> {
  const pixel = await shopify.readPixel(shop);
  if (!pixel.ok) return pixel;
  const isOn = pixel.value?.endpoint === endpoint;
  await store.clicks.savePixelOn(shop, isOn);
  return success({ isOn });
}

/** Activates the pixel, or corrects its address; where it is on already nothing changes. */
export async function turnOnPixel(
  { shopify, store }: PixelPorts,
  { shop, endpoint }: Asked,
): Promise<Result<void, ShopifyProblem>> {
  const pixel = await shopify.readPixel(shop);
  if (!pixel.ok) return pixel;
  if (pixel.value?.endpoint !== endpoint) {
    const saved = await shopify.savePixel(shop, { id: pixel.value?.id ?? null, endpoint });
    if (!saved.ok) return saved;
  }
  await store.clicks.savePixelOn(shop, true);
  return success(undefined);
}
