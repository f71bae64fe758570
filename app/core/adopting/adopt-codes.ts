import type { Batch } from "../batches/batch.ts";
import { comeBackAfterLease, finish, pause, runLater } from "../batches/pause-batch.ts";
import { isTurnOver } from "../batches/turn.ts";
import type { DiscountCode } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { ShopifyProblem } from "../ports/shopify.ts";
import { success, type Result } from "../result.ts";
import { adoptPage, CODES_PER_PAGE } from "./adopt-page.ts";
import type { Adoption } from "./adoption.ts";
import { attributeUsed, lookAgainForUses } from "./attribute-used.ts";

/** Longer than a page and the calls of one step may take; then another worker may take over. */
const LEASE_MS = 120_000;

/**
 * Adopts a batch's codes, page by page, each in one commit: whatever kills it, a code is adopted once.
 * At the end, past orders with codes that have partners now are attributed.
 */
export async function adoptCodes(ports: Ports, payload: JobPayloads["adopt-codes"]): Promise<void> {
  const { shop, batchId } = payload;
  const { store, clock } = ports;
  let lease = newLease(ports);
  const batch = await store.batches.claim(shop, batchId, lease);
  if (!batch) return comeBackAfterLease(ports, "adopt-codes", payload);
  const adoption = await store.adoptions.findByBatch(shop, batchId);
  if (!adoption) return finish(ports, batch);
  const since = lease.now;
  let state: Batch["state"] | null = batch.state;
  if (state === "running") {
    const stored = await storeDiscounts(ports, adoption);
    if (!stored.ok) return pause(ports, batch, stored.problem);
  }
  let after: DiscountCode | null = null;
  let { taken: before } = await store.adoptions.countAdopted(shop, adoption.id);
  while (state === "running") {
    after = await adoptPage(ports, adoption, batchId, { after, before });
    if (after === null) break;
    before += CODES_PER_PAGE;
    if (await isTurnOver(ports, "adopt-codes", since)) return runLater(ports, batch, clock.now());
    const next = newLease(ports);
    // Ended meanwhile, or taken over after a long sleep of this process.
    state = await store.batches.renew(shop, batchId, { ...next, from: lease.until });
    if (state === null) return;
    lease = next;
  }
  // What was adopted before it was cancelled has its partner too.
  await lookAgainForUses(ports, adoption);
  await attributeUsed(ports, adoption);
  await finish(ports, { ...batch, state });
}

function newLease({ clock }: Ports): { now: Date; until: Date } {
  const now = clock.now();
  return { now, until: new Date(now.getTime() + LEASE_MS) };
}

/** As many as one call to Shopify takes. */
const DISCOUNTS_AT_ONCE = 25;

/** Their discounts are ours before the codes are, with the terms that Shopify has. */
async function storeDiscounts(
  { store, shopify, clock }: Ports,
  { shop, id }: Adoption,
): Promise<Result<null, ShopifyProblem>> {
  for (;;) {
    const missing = await store.adoptions.listUnstored(shop, id, DISCOUNTS_AT_ONCE);
    if (missing.length === 0) return success(null);
    const read = await shopify.readDiscounts(shop, missing);
    if (!read.ok) return read;
    for (const shopifyId of missing) {
      const found = read.value.get(shopifyId);
      if (found) await store.adoptions.storeDiscount(shop, { shopifyId, ...found }, clock.now());
      else await store.adoptions.refuseDiscount(shop, id, shopifyId, GONE);
    }
  }
}

const GONE = "Shopify no longer has its discount.";
