import { EVERY_CODE } from "../codes/code-selection.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";

/** Counting further would take its time. */
const COUNT_UP_TO = 1_000;

/** How many live codes here nobody has, null for so many or more, and whether there is a program. */
export async function countNobodys(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
): Promise<{ nobodys: number | null; isConnected: boolean }> {
  const filter = { ...EVERY_CODE, partnerId: "none", shopifyState: "live" } as const;
  const [count, connection] = await Promise.all([
    store.codes.countSelected(shop, { kind: "matching", filter }, { upTo: COUNT_UP_TO }),
    store.connections.find(shop),
  ]);
  const nobodys = count < COUNT_UP_TO ? count : null;
  return { nobodys, isConnected: Boolean(connection?.program) };
}
