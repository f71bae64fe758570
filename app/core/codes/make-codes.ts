import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { ShopifyProblem } from "../ports/shopify.ts";
import type { Stores } from "../ports/store.ts";
import { success, type Result } from "../result.ts";
import type { Batch, Code, Discount } from "./discount.ts";
import { finish, LOST, pause, pollLater } from "./pause-batch.ts";

/** Shopify's limit for one discountRedeemCodeBulkAdd. */
const CODES_PER_CALL = 250;

interface Run {
  batch: Batch;
  discount: Discount;
  codes: Code[];
}

/**
 * "again" takes the next step at once; "poll" waits for Shopify's background job; "lost" is one that
 * has ended without a word of any code.
 */
type Step = Result<"again" | "poll" | "lost" | "done", ShopifyProblem>;

/**
 * Makes a batch's codes in Shopify under one discount, step by step. Each step is stored before the
 * next; one that was done but not stored (a kill in between) is found out by asking Shopify.
 */
export async function makeCodes(
  ports: Ports,
  { shop, batchId }: JobPayloads["make-codes"],
): Promise<void> {
  for (;;) {
    const run = await loadRun(ports, shop, batchId);
    if (!run || run.batch.state === "done") return;
    const step = await takeStep(ports, run);
    if (!step.ok) return pause(ports, run.batch, step.problem);
    if (step.value === "done") return finish(ports, run.batch);
    if (step.value === "poll") return pollLater(ports, shop, batchId);
    if (step.value === "lost") return pause(ports, { ...run.batch, bulkCreationId: null }, LOST);
  }
}

async function loadRun(ports: Ports, shop: ShopDomain, batchId: string): Promise<Run | null> {
  const batch = await ports.store.discounts.findBatch(shop, batchId);
  const discount = batch && (await ports.store.discounts.find(shop, batch.discountId));
  if (!batch || !discount) return null;
  return { batch, discount, codes: await ports.store.codes.listForDiscount(shop, discount.id) };
}

async function takeStep(ports: Ports, run: Run): Promise<Step> {
  const planned = run.codes.filter(({ shopifyState }) => shopifyState === "planned");
  const [first] = planned;
  if (!first) return { ok: true, value: "done" };
  if (!run.discount.shopifyId) return makeDiscount(ports, run.discount, first);
  if (run.batch.bulkCreationId) return readCreation(ports, run, run.batch.bulkCreationId);
  return addCodes(ports, run, planned.slice(0, CODES_PER_CALL));
}

async function makeDiscount(ports: Ports, discount: Discount, first: Code): Promise<Step> {
  const tag = tagFor(discount);
  const found = await ports.shopify.findDiscountByCode(discount.shop, first.code);
  if (!found.ok) return found;
  if (found.value && !found.value.tags.includes(tag)) {
    await markFailed(ports, first, takenBy(first, found.value.title));
    return { ok: true, value: "again" };
  }
  const made = found.value
    ? { ok: true as const, value: found.value }
    : await ports.shopify.createDiscount(discount.shop, {
        terms: discount,
        firstCode: first.code,
        tag,
      });
  if (!made.ok) return made;
  await ports.store.inTransaction(async (tx) => {
    await tx.discounts.saveShopifyId(discount.shop, discount.id, made.value.discountId);
    await markLive(tx, first, ports.clock.now());
  });
  return { ok: true, value: "again" };
}

/** Marks the Shopify discount as this one of ours, so that a lost answer can be recognised. */
function tagFor(discount: Discount): string {
  return `partner-codes-${discount.id}`;
}

async function addCodes(ports: Ports, { batch, discount }: Run, codes: Code[]): Promise<Step> {
  const added = await ports.shopify.addCodes(
    batch.shop,
    discount.shopifyId ?? "",
    codes.map(({ code }) => code),
  );
  if (!added.ok) return added;
  const { bulkCreationId } = added.value;
  await ports.store.discounts.saveBatch(batch.shop, { ...batch, bulkCreationId });
  return { ok: true, value: "poll" };
}

async function readCreation(ports: Ports, run: Run, bulkCreationId: string): Promise<Step> {
  const creation = await ports.shopify.readCreation(run.batch.shop, bulkCreationId);
  // Shopify has forgotten it: added again, the codes it did make are found to be ours.
  if (!creation.ok && creation.problem.kind === "not-found") return success("lost");
  if (!creation.ok) return creation;
  if (!creation.value.done) return { ok: true, value: "poll" };

  const byCode = new Map(run.codes.map((code) => [code.code, code]));
  let settledCodes = 0;
  for (const row of creation.value.rows) {
    const code = byCode.get(row.code);
    if (code?.shopifyState !== "planned") continue;
    settledCodes += 1;
    const settled = row.taken ? await settleTaken(ports, run.discount, code) : null;
    if (settled && !settled.ok) return settled;
    if (settled) continue;
    if (row.problem) await markFailed(ports, code, row.problem);
    else await ports.store.inTransaction((tx) => markLive(tx, code, ports.clock.now()));
  }
  if (settledCodes === 0) return success("lost");
  const progress = { ...run.batch, bulkCreationId: null, attempts: 0, problem: null };
  await ports.store.discounts.saveBatch(run.batch.shop, progress);
  return success("again");
}

/** "Taken" may mean taken by ourselves, in a call whose answer was lost. */
async function settleTaken(ports: Ports, discount: Discount, code: Code): Promise<Step> {
  const found = await ports.shopify.findDiscountByCode(code.shop, code.code);
  if (!found.ok) return found;
  if (found.value?.discountId === discount.shopifyId) {
    await ports.store.inTransaction((tx) => markLive(tx, code, ports.clock.now()));
  } else {
    await markFailed(ports, code, takenBy(code, found.value?.title ?? "another discount"));
  }
  return { ok: true, value: "again" };
}

function takenBy(code: Code, title: string): string {
  return `${code.code} was taken in Shopify meanwhile by the discount “${title}”. Choose another code for this partner.`;
}

/** A code that customers can use must be registered: both are written in one commit. */
async function markLive(tx: Stores, code: Code, now: Date): Promise<void> {
  await tx.codes.saveShopifyState(code.shop, code.id, { state: "live", problem: null }, now);
  await tx.queue.send("register-code", { shop: code.shop, codeId: code.id });
}

async function markFailed(ports: Ports, code: Code, problem: string): Promise<void> {
  const state = { state: "failed", problem } as const;
  await ports.store.codes.saveShopifyState(code.shop, code.id, state, ports.clock.now());
}
