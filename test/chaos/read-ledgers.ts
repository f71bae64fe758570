import { z } from "zod";
import type { ChaosShop } from "./set-up-shops.ts";

const LEDGER = { path: "/app/ledger", route: "routes/app.ledger" };
const ledgerPage = z.object({
  ledger: z.object({
    line: z.string(),
    unasked: z.null(),
    notHere: z.number(),
    noLongerThere: z.number(),
    parts: z.array(z.object({ part: z.string(), orders: z.number() })),
  }),
});

/** What each shop's ledger page says of the last 30 days that is not as Shopify counts its orders. */
export async function readLedgers(shops: readonly ChaosShop[]): Promise<string[]> {
  const told = await Promise.all(
    shops.map(async ({ shop, merchant }) => {
      const { ledger } = await merchant.waitFor(LEDGER, ledgerPage);
      const ended = ledger.parts.filter(({ part }) => part !== "failed");
      const counted = ended.reduce((sum, { orders }) => sum + orders, 0);
      const isClosed = ledger.notHere === 0 && ledger.noLongerThere === 0;
      if (isClosed && counted === shop.orders.length) return [];
      return [`${shop.domain} has ${shop.orders.length} orders; its ledger: ${ledger.line}`];
    }),
  );
  return told.flat();
}
