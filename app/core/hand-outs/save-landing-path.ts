import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { success, type Problem, type Result } from "../result.ts";
import { readLandingPath } from "./landing-path.ts";

/** Keeps where the shop's share links lead, from now on; links that were handed out stay as they are. */
export async function saveLandingPath(
  { store }: Pick<Ports, "store">,
  { shop, typed }: { shop: ShopDomain; typed: string },
): Promise<Result<string, Problem<"landing-path">>> {
  const details = await store.shops.find(shop);
  const read = readLandingPath(typed, [details?.host ?? shop, shop]);
  if (!read.ok) return read;
  await store.handOuts.saveLandingPath(shop, read.value);
  return success(read.value);
}
