import { activateDiscount } from "../codes/activate-discount.ts";
import { EVERY_CODE, type CodeSelection } from "../codes/code-selection.ts";
import { queueLate } from "../codes/queue-late.ts";
import { takeUpIn } from "../codes/take-up-seen.ts";
import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { Stores } from "../ports/store.ts";
import { failure, success, type Problem, type Result } from "../result.ts";
import { isOfExpression, type CodeDifference, type CodeDifferenceKind } from "./code-difference.ts";
import { endExpression } from "./end-expression.ts";
import { findDiscount } from "./find-discount.ts";
import { followDiscount } from "./follow-discount.ts";
import { lookAgain } from "./look-again.ts";
import { endUnused, registerLost } from "./repair-family.ts";
import { endTheirs, followTheirs } from "./repair-at-impact.ts";
import { removeTheirs } from "./remove-theirs.ts";
import { repairsFor, type Repair } from "./repairs.ts";

export type RepairPorts = Pick<Ports, "store" | "shopify" | "impact" | "clock" | "pause">;

export interface RepairWish {
  shop: ShopDomain;
  kind: CodeDifferenceKind;
  subject: string;
  repair: Repair;
}

/** What follows once a side was told, in the commit that drops the difference. */
export type Repaired = (tx: Stores, now: Date) => Promise<void>;

/**
 * Mends one difference on the side where it is wrong. A difference that is gone is mended; one that
 * could not be, or has changed since it was found, says so, and can be tried again.
 */
export async function repairDifference(
  ports: RepairPorts,
  wish: RepairWish,
): Promise<Result<null, Problem>> {
  const { store, clock } = ports;
  const { shop } = wish;
  const difference = await store.codeDifferences.find(shop, wish);
  if (!difference) return success(null);
  if (!repairsFor(difference).includes(wish.repair)) return failure(cannot());
  const still = await lookAgain(ports, shop, difference, wish.repair);
  const done = still.ok ? await repair(ports, shop, difference, wish.repair) : still;
  if (!done.ok) {
    await store.codeDifferences.saveProblem(shop, difference, done.problem.message);
    return done;
  }
  await store.inTransaction(async (tx) => {
    await done.value(tx, clock.now());
    await tx.codeDifferences.remove(shop, difference);
  });
  return success(null);
}

async function repair(
  ports: RepairPorts,
  shop: ShopDomain,
  difference: CodeDifference,
  how: Repair,
): Promise<Result<Repaired, Problem>> {
  switch (how) {
    case "adopt":
      return adopt(ports, shop, difference);
    case "remove-from-shopify":
      return nothingFollows(await removeTheirs(ports, shop, difference));
    case "make-again":
      return makeAgain(shop, difference);
    case "activate":
      return activate(ports, shop, difference);
    case "end-at-impact":
      if (difference.kind === "family-unused") return endUnused(ports, shop, difference);
      if (isOfExpression(difference)) return endExpression(ports, shop, difference);
      return endTheirs(ports, shop, difference);
    case "take-over":
    case "match-end":
    case "match-terms":
      return endTheirs(ports, shop, difference);
    case "follow-discount":
      return followDiscount(ports, shop, difference);
    case "take-as-live":
      return success((tx, now) => takeAsLive(tx, shop, difference, now));
    case "keep-theirs":
      return followTheirs(ports, shop, difference);
    case "register-again":
      if (difference.kind === "family-lost") return registerLost(ports, shop, difference);
      return success((tx, now) => registerAgain(tx, shop, difference, now));
    case "retire":
      return success((tx, now) => retire(tx, shop, difference, now));
  }
}

function nothingFollows(done: Result<null, Problem>): Result<Repaired, Problem> {
  return done.ok ? success(async () => undefined) : done;
}

async function adopt(
  ports: RepairPorts,
  shop: ShopDomain,
  difference: CodeDifference,
): Promise<Result<Repaired, Problem>> {
  const discount = await findDiscount(ports, shop, difference);
  if (!discount) return failure(gone());
  const code = difference.subject as DiscountCode;
  const { shopifyId } = discount;
  return success((tx, now) => tx.discounts.adopt(shop, { shopifyId, terms: discount, code }, now));
}

function makeAgain(shop: ShopDomain, difference: CodeDifference): Result<Repaired, Problem> {
  const { discountId, codeId, foundAt, kind } = difference;
  if (discountId === null) return failure(gone());
  return success(async (tx, now) => {
    if (kind === "discount-deleted") await tx.codeRepairs.forgetDiscount(shop, discountId);
    const draftKey = `again ${difference.subject} ${foundAt.getTime()}`;
    const batch = { draftKey, discountId, plan: null, codes: difference.codes };
    const { batchId } = await tx.batches.create(shop, batch, now);
    await tx.codeRepairs.planAgain(shop, { batchId, discountId, codeId });
    await tx.batches.recount(shop, batchId);
    await tx.queue.send("make-codes", { shop, batchId });
  });
}

async function activate(
  ports: RepairPorts,
  shop: ShopDomain,
  difference: CodeDifference,
): Promise<Result<Repaired, Problem>> {
  const discount = await findDiscount(ports, shop, difference);
  if (!discount) return failure(gone());
  const activated = await activateDiscount(ports, shop, discount);
  if (!activated.ok) return activated;
  const seen = activated.value;
  return success(async (tx, now) => {
    if (seen) await takeUpIn(tx, shop, { ours: discount, seen }, now);
    else await tx.seenCodes.saveDeleted(shop, discount.id, now);
  });
}

/** Many codes or one: a batch takes them from customers and ends them at impact.com. */
async function retire(
  tx: Stores,
  shop: ShopDomain,
  difference: CodeDifference,
  now: Date,
): Promise<void> {
  const { kind, subject, foundAt } = difference;
  const draftKey = `retire ${kind} ${subject} ${foundAt.getTime()}`;
  const selection = selectionOf(difference);
  const action = { kind: "retire" } as const;
  const plan = { action, selection, startsAt: null, after: null, isTaken: false };
  const { batchId, isNew } = await tx.changes.create(shop, { draftKey, plan }, now);
  if (isNew) await tx.queue.send("change-codes", { shop, batchId });
}

function selectionOf({ kind, codeId, discountId, ourPartnerId }: CodeDifference): CodeSelection {
  if (codeId !== null) return { kind: "picked", codeIds: [codeId] };
  const live = { ...EVERY_CODE, shopifyState: "live" as const };
  if (kind === "contract-ended" && ourPartnerId !== null) {
    return { kind: "matching", filter: { ...live, partnerId: ourPartnerId } };
  }
  if (discountId !== null) return { kind: "matching", filter: { ...live, discountId } };
  return { kind: "picked", codeIds: [] };
}

/** Its registration is looked up, and made where there is none; a family's stands for its codes. */
export async function registerAgain(
  tx: Stores,
  shop: ShopDomain,
  { codeId }: CodeDifference,
  now: Date,
): Promise<void> {
  if (codeId === null) return;
  await tx.codeRepairs.planRegistration(shop, codeId);
  await tx.families.follow(shop, [codeId], now);
  await tx.queue.send("register-code", { shop, codeId });
}

/** Customers may have used it for a while: its past orders are attributed too. */
async function takeAsLive(
  tx: Stores,
  shop: ShopDomain,
  difference: CodeDifference,
  now: Date,
): Promise<void> {
  const { codeId, discountId } = difference;
  if (codeId === null || discountId === null) return;
  await tx.codeRepairs.takeAsLive(shop, { codeId, discountId }, now);
  await registerAgain(tx, shop, difference, now);
  await queueLate(tx.queue, { shop, codeId }, now);
}

function cannot(): Problem {
  const message = "This can't be done about it. Check again to see how it stands now.";
  return { kind: "cannot-repair", retry: "never", message };
}

function gone(): Problem {
  const message = "Its discount is no longer here. Check again to see how it stands now.";
  return { kind: "cannot-repair", retry: "never", message };
}
