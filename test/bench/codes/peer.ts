import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";

/** Where a peer sends its calls. */
export interface PeerTarget {
  shopifyUrl: string;
  shop: string;
  token: string;
}

const DOCUMENT = `mutation Create($discount: DiscountCodeBasicInput!) {
  discountCodeBasicCreate(basicCodeDiscount: $discount) {
    codeDiscountNode { id }
    userErrors { message }
  }
}`;

const answer = z.object({
  data: z
    .object({
      discountCodeBasicCreate: z.object({
        codeDiscountNode: z.object({ id: z.string() }).nullable(),
      }),
    })
    .nullish(),
  extensions: z.object({
    cost: z.object({
      requestedQueryCost: z.number(),
      throttleStatus: z.object({ currentlyAvailable: z.number(), restoreRate: z.number() }),
    }),
  }),
});

let made = 0;

/** One discount for each code, as peers make them: codes a second, that many calls at once. */
export async function makeOneByOne(
  target: PeerTarget,
  { atOnce, seconds }: { atOnce: number; seconds: number },
): Promise<number> {
  const end = performance.now() + seconds * 1_000;
  const before = made;
  const inTurn = async () => {
    while (performance.now() < end) await makeOne(target);
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: atOnce }, inTurn));
  return (made - before) / ((performance.now() - start) / 1_000);
}

let nextCode = 0;

async function makeOne({ shopifyUrl, shop, token }: PeerTarget): Promise<void> {
  nextCode += 1;
  const discount = {
    title: `Peer ${nextCode}`,
    code: `PEER-${nextCode}`,
    startsAt: new Date().toISOString(),
    context: { all: "ALL" },
    customerGets: { items: { all: true }, value: { percentage: 0.1 } },
  };
  for (;;) {
    const response = await fetch(`${shopifyUrl}/admin/api/2026-07/graphql.json`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-shopify-access-token": token,
        "x-forwarded-host": shop,
      },
      body: JSON.stringify({ query: DOCUMENT, variables: { discount } }),
    });
    const { data, extensions } = answer.parse(await response.json());
    if (data?.discountCodeBasicCreate.codeDiscountNode) {
      made += 1;
      return;
    }
    const { requestedQueryCost, throttleStatus } = extensions.cost;
    const missing = requestedQueryCost - throttleStatus.currentlyAvailable;
    await pause(Math.max(10, (missing / throttleStatus.restoreRate) * 1_000));
  }
}
