import { randomUUID } from "node:crypto";
import { z } from "zod";
import { createDemoMerchant, discountForm, pages, type DemoMerchant } from "./demo-merchant.ts";
import { CREDENTIALS, PROGRAM, type DemoWorld } from "./demo-world.ts";
import type { Shop } from "#test/sandbox/shopify/state.ts";

const partnersAreRead = z.object({
  connection: z.object({
    partners: z.object({ all: z.number(), withContract: z.number() }),
    partnerSync: z.object({ state: z.literal("done") }),
  }),
});
const newDiscount = z.object({
  draftKey: z.string(),
  start: z.object({ startsOn: z.string() }),
});
const allRegistered = z
  .object({ counts: z.object({ all: z.number(), live: z.number(), registered: z.number() }) })
  .refine(({ counts }) => counts.live === counts.all && counts.registered === counts.all);

/**
 * What a merchant does first: open the app, connect impact.com, choose the program, and make a
 * discount with a code for each partner. Resolves when every code is registered.
 */
export async function setUpShop(
  world: DemoWorld,
  shop: Shop,
  discount: { title: string; percentage: string; codes: [partnerId: string, code: string][] },
  tell: (hop: string) => void,
): Promise<{ merchant: DemoMerchant; codes: number }> {
  const merchant = createDemoMerchant(world.shopifyState, shop, world.frame.appUrl);
  await merchant.openApp();
  tell(`${shop.name} opens the app: signed in by token exchange`);

  const credentials = Object.entries(CREDENTIALS);
  await merchant.submit(pages.impact, [["intent", "connect"], ...credentials]);
  tell("connected to impact.com");
  await merchant.submit(pages.impact, [["intent", "choose-program"], ...Object.entries(PROGRAM)]);
  const { connection } = await merchant.waitFor(pages.impact, partnersAreRead);
  const { all, withContract } = connection.partners;
  tell(`program chosen; ${all} partners read, ${withContract} with a live contract`);

  const page = pages.newDiscount(randomUUID());
  const offered = await merchant.waitFor(page, newDiscount);
  const form = discountForm(offered, discount.title, discount.percentage, discount.codes);
  const madeAt = await merchant.submit(page, form);
  if (!madeAt) throw new Error("The new discount led nowhere.");
  tell(`discount “${discount.title}” drafted with ${discount.codes.length} codes`);
  const { counts } = await merchant.waitFor(pages.discount(madeAt), allRegistered);
  tell(`${counts.live} codes live in Shopify, ${counts.registered} registered at impact.com`);
  return { merchant, codes: counts.registered };
}
