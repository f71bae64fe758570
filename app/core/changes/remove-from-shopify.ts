import type { DiscountCode } from "../ids.ts";
import type { Batch } from "../batches/batch.ts";
import { checkAfterwards } from "../code-differences/start-check.ts";
import type { Ports } from "../ports/ports.ts";
import type { Removal, ShopifyProblem } from "../ports/shopify.ts";
import { failure, success, type Result } from "../result.ts";
import type { Change } from "./change.ts";
import type { ChangeRun, StageResult } from "./change-codes.ts";
import { whyNotLive } from "./refuse-code.ts";

/** Shopify is asked for as many at a time. */
const CODES_PER_REMOVAL = 50;
/** Enough to fill the time that each call is on its way. */
const AT_ONCE = 4 * CODES_PER_REMOVAL;

/** Holds codes that are to go, and asks Shopify to remove them; what isn't live has failed. */
export async function removeFromShopify(ports: Ports, run: ChangeRun): Promise<StageResult> {
  const { store, clock } = ports;
  const { shop, id } = run.batch;
  const stages = ["retiring", "waiting"] as const;
  const page = { stages, limit: AT_ONCE, now: clock.now() };
  const changes = await store.changes.list(shop, id, page);
  const refused = changes.flatMap(({ code }) => {
    const problem = whyNotLive(code);
    // What is retired already is as it is to be.
    const isRetired = code.shopifyState === "retired";
    return problem ? [{ codeId: code.id, problem: isRetired ? null : problem }] : [];
  });
  await store.changes.settle(shop, id, refused, clock.now());
  const isRefused = new Set(refused.map(({ codeId }) => codeId));
  const live = changes.filter(({ code }) => !isRefused.has(code.id));
  const codeIds = live.map(({ code }) => code.id);
  const to = { stage: "removing" } as const;
  const begun = new Set(await store.changes.begin(shop, id, codeIds, to, clock.now()));
  const asked = await ask(
    ports,
    run,
    live.filter(({ code }) => begun.has(code.id)),
  );
  return asked.ok ? success(refused.length + begun.size) : asked;
}

/** Looks what became of removals; what is gone belongs to nobody from that moment on. */
export async function readRemovals(ports: Ports, run: ChangeRun): Promise<StageResult> {
  const { shop, id } = run.batch;
  const page = { stages: ["removing"] as const, limit: AT_ONCE, now: ports.clock.now() };
  const changes = await ports.store.changes.list(shop, id, page);
  const running = new Set<string>();
  for (const removalId of new Set(changes.flatMap((one) => one.removalId ?? []))) {
    const read = await ports.shopify.readRemoval(shop, removalId);
    if (!read.ok) return read;
    if (!read.value.done) running.add(removalId);
  }
  const done = changes.filter(({ removalId }) => !removalId || !running.has(removalId));
  // A job that is done is believed once Shopify has none of its codes any more.
  return ask(ports, run, done);
}

/** Asks Shopify to remove codes, of each discount by themselves; gives how many are gone. */
async function ask(
  ports: Ports,
  run: ChangeRun,
  changes: readonly Change[],
): Promise<Result<number, ShopifyProblem>> {
  const asked = await Promise.all(groupsOf(changes).map((group) => askGroup(ports, run, group)));
  const refused = asked.find((one) => !one.ok);
  if (refused && !refused.ok) return failure(refused.problem);
  return success(asked.reduce((sum, one) => sum + (one.ok ? one.value : 0), 0));
}

interface Group {
  /** Null: Shopify has lost the discount, with its codes. */
  shopifyId: string | null;
  changes: Change[];
}

function groupsOf(changes: readonly Change[]): Group[] {
  const groups: Group[] = [];
  const open = new Map<string | null, Group>();
  for (const change of changes) {
    let group = open.get(change.shopifyId);
    if (!group || group.changes.length === CODES_PER_REMOVAL) {
      group = { shopifyId: change.shopifyId, changes: [] };
      open.set(change.shopifyId, group);
      groups.push(group);
    }
    group.changes.push(change);
  }
  return groups;
}

async function askGroup(
  { shopify, store, clock }: Ports,
  { batch: { shop, id } }: ChangeRun,
  { shopifyId, changes }: Group,
): Promise<Result<number, ShopifyProblem>> {
  const codes: DiscountCode[] = changes.map(({ code }) => code.code);
  const isAskedAgain = changes.every(({ removalId }) => removalId !== null);
  const removal =
    shopifyId === null
      ? success(NOT_THERE)
      : await shopify.removeCodes(shop, shopifyId, codes, { isAskedAgain });
  if (!removal.ok) return removal;
  const { job, elsewhere } = removal.value;
  const refused = await refuseElsewhere({ store, clock }, { shop, id }, changes, elsewhere);
  const codeIds = changes.map(({ code }) => code.id).filter((codeId) => !refused.has(codeId));
  if (job && !job.isLast) {
    await store.changes.move(shop, id, codeIds, { stage: "removing", removalId: job.id });
    return success(refused.size);
  }
  if (job && shopifyId !== null) {
    // Shopify has not let go of the last code: then nobody may use the discount any more.
    const ended = await shopify.deactivateDiscount(shop, shopifyId);
    if (!ended.ok) return ended;
  }
  await store.changes.retire(shop, id, codeIds, clock.now());
  return success(changes.length);
}

const NOT_THERE: Removal = { job: null, elsewhere: [] };

/**
 * Codes that somebody has moved to another discount stay as they are, since customers can use them on,
 * and say so; the check of both sides that then begins lists them.
 */
async function refuseElsewhere(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, id }: Pick<Batch, "shop" | "id">,
  changes: readonly Change[],
  elsewhere: Removal["elsewhere"],
): Promise<Set<string>> {
  if (elsewhere.length === 0) return new Set();
  const titles = new Map(elsewhere.map(({ code, title }) => [code, title]));
  const refused = changes.flatMap(({ code: { id: codeId, code } }) => {
    const title = titles.get(code);
    return title === undefined ? [] : [{ codeId, problem: livesElsewhere(code, title) }];
  });
  await store.inTransaction(async (tx) => {
    await checkAfterwards(tx, shop, clock.now());
    await tx.changes.settle(shop, id, refused, clock.now());
  });
  return new Set(refused.map(({ codeId }) => codeId));
}

function livesElsewhere(code: DiscountCode, title: string): string {
  return `${code} is a code of “${title}” in Shopify by now, and customers can use it there. Nothing was done about it. Under Differences let it count as a code of that discount, then try again.`;
}
