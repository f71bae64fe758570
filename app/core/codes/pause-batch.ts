import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { ShopifyProblem } from "../ports/shopify.ts";
import { nextAttemptAt } from "../retry.ts";
import type { Batch } from "./discount.ts";

const POLL_MS = 1_000;
const LONGEST_POLL_MS = 60_000;
/** Without any code getting further: days of tries, or three hours of Shopify's own work. */
const MOST_ATTEMPTS = 200;

/** Looks again in a second at first, and then ever more seldom. */
export async function pollLater(ports: Ports, shop: ShopDomain, batchId: string): Promise<void> {
  const batch = await ports.store.discounts.findBatch(shop, batchId);
  if (!batch) return;
  if (batch.attempts >= MOST_ATTEMPTS) return giveUp(ports, batch, batch.problem ?? STILL_WORKING);
  const wait = Math.min(POLL_MS * Math.max(1, batch.attempts), LONGEST_POLL_MS);
  const startAfter = new Date(ports.clock.now().getTime() + wait);
  await ports.store.inTransaction(async (tx) => {
    await tx.discounts.saveBatch(shop, { ...batch, attempts: batch.attempts + 1 });
    await tx.queue.send("make-codes", { shop, batchId }, { startAfter });
  });
}

const STILL_WORKING =
  "Shopify has been making the codes for hours and doesn't get done. Try again.";

/** It has ended without a word of any code. */
export const LOST: ShopifyProblem = {
  kind: "unavailable",
  retry: "later",
  message: "Shopify has not said what became of the codes. They are added again.",
};

/** Tries again later what can help, and gives up what can not. */
export async function pause(ports: Ports, batch: Batch, problem: ShopifyProblem): Promise<void> {
  const now = ports.clock.now();
  const failed = { ...batch, attempts: batch.attempts + 1, problem: problem.message };
  if (problem.retry === "never" || batch.attempts >= MOST_ATTEMPTS) {
    return giveUp(ports, failed, problem.message);
  }
  const startAfter = nextAttemptAt({
    now,
    attempts: batch.attempts,
    random: ports.random(),
    notBefore: problem.retryAt,
  });
  await ports.store.inTransaction(async (tx) => {
    await tx.discounts.saveBatch(batch.shop, failed);
    await tx.queue.send("make-codes", { shop: batch.shop, batchId: batch.id }, { startAfter });
  });
}

/** Ends the run with codes left to make; the merchant may start it once more. */
async function giveUp(ports: Ports, batch: Batch, problem: string): Promise<void> {
  const state = { state: "failed" as const, problem, finishedAt: ports.clock.now() };
  await ports.store.discounts.saveBatch(batch.shop, { ...batch, ...state });
}

/** Every code is made. */
export async function finish(ports: Ports, batch: Batch): Promise<void> {
  const done = { ...batch, state: "done" as const, problem: null, finishedAt: ports.clock.now() };
  await ports.store.discounts.saveBatch(batch.shop, done);
}
