import type { Code } from "../codes/discount.ts";
import { earlier } from "../codes/registration-terms.ts";
import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { WatchedDiscount } from "../ports/code-difference-stores.ts";
import { failure, success, type Problem, type Result } from "../result.ts";
import { seconds } from "../seconds.ts";
import type { CodeDifference } from "./code-difference.ts";
import { findDiscount } from "./find-discount.ts";
import { noteDiscount } from "./read-shopify-side.ts";
import type { RepairPorts } from "./repair-difference.ts";
import type { Repair } from "./repairs.ts";
import { seeDiscount } from "./see-discount.ts";

type IsStill = Result<boolean, Problem>;

/**
 * Whether a difference is still as it was found, here and on both sides: nothing is taken from anybody
 * by last night's picture. What a killed try of the same repair has done already is no change.
 */
export async function lookAgain(
  ports: RepairPorts,
  shop: ShopDomain,
  difference: CodeDifference,
  repair: Repair,
): Promise<Result<null, Problem>> {
  const checks = [isStillHere, isStillInShopify, isStillAtImpact];
  for (const check of checks) {
    const still = await check(ports, shop, difference, repair);
    if (!still.ok) return still;
    if (!still.value) return failure(changed());
  }
  return success(null);
}

async function isStillHere(
  { store }: RepairPorts,
  shop: ShopDomain,
  { kind, subject, codeId, familyId, ourPartnerId }: CodeDifference,
): Promise<IsStill> {
  if (kind === "family-lost" || kind === "family-unused" || kind === "family-twice") {
    return success(familyId !== null && (await store.families.find(shop, familyId)) !== null);
  }
  if (kind === "contract-ended") {
    const partner = ourPartnerId && (await store.partners.find(shop, ourPartnerId));
    return success(Boolean(partner && !partner.hasContract));
  }
  if (OF_DISCOUNTS.has(kind) && kind !== "ends-differ") return success(true);
  const ours = await store.codes.findByCode(shop, subject as DiscountCode);
  if (codeId === null || ours?.id !== codeId) return success(codeId === null && ours === null);
  if (kind === "works-though-failed") {
    return success(ours.shopifyState === "failed" || ours.shopifyState === "planned");
  }
  const state = kind === "only-in-shopify" || kind === "only-at-impact" ? "retired" : "live";
  const partnerId = ours.partner?.partnerId ?? null;
  return success(ours.shopifyState === state && partnerId === ourPartnerId);
}

async function isStillInShopify(
  ports: RepairPorts,
  shop: ShopDomain,
  difference: CodeDifference,
  repair: Repair,
): Promise<IsStill> {
  const { kind } = difference;
  if (kind === "in-other-discount") return isThereStill(ports, shop, difference);
  if (OF_DISCOUNTS.has(kind)) return isDiscountStill(ports, shop, difference);
  const isOfShopify = kind === "only-in-shopify" || kind === "works-though-failed";
  if (!isOfShopify && kind !== "missing-in-shopify") return success(true);
  const discount = await findDiscount(ports, shop, difference);
  const there = await ports.shopify.findDiscountByCode(shop, difference.subject as DiscountCode);
  if (!there.ok) return there;
  const isThere = there.value !== null && there.value.discountId === discount?.shopifyId;
  return success(
    kind === "missing-in-shopify" ? !isThere : repair === "remove-from-shopify" || isThere,
  );
}

/** Whether the code opens the same discount as when it was found, or still one that isn't managed. */
async function isThereStill(
  { store, shopify }: RepairPorts,
  shop: ShopDomain,
  { subject, discountId }: CodeDifference,
): Promise<IsStill> {
  const there = await shopify.findDiscountByCode(shop, subject as DiscountCode);
  if (!there.ok) return there;
  if (there.value === null) return success(false);
  const managed = await store.seenCodes.findDiscount(shop, there.value.discountId);
  return success((managed?.id ?? null) === discountId);
}

/** What is done about these hangs on whether their discount runs. */
const OF_DISCOUNTS: ReadonlySet<CodeDifference["kind"]> = new Set([
  "discount-deleted",
  "discount-deactivated",
  "discount-ended",
  "ends-differ",
]);

/** What Shopify has of the discount by now is taken up, so that pages show it. */
async function isDiscountStill(
  ports: RepairPorts,
  shop: ShopDomain,
  difference: CodeDifference,
): Promise<IsStill> {
  const { store, shopify, clock } = ports;
  const ours = await findDiscount(ports, shop, difference);
  // One whose making again was cancelled is still without a place in Shopify.
  if (!ours) return success(difference.kind === "discount-deleted");
  const read = await shopify.readDiscounts(shop, [ours.shopifyId]);
  if (!read.ok) return read;
  const seen = read.value.get(ours.shopifyId) ?? null;
  const now = clock.now();
  await store.inTransaction((tx) => noteDiscount(tx, shop, { ours, seen }, now));
  if (difference.kind === "discount-deleted") return success(seen === null);
  if (!seen) return success(false);
  const { deactivatedAt, terms } = seeDiscount(ours, seen, now);
  if (difference.kind === "discount-deactivated") return success(deactivatedAt !== null);
  if (difference.kind === "discount-ended") {
    return success(terms.endsAt !== null && terms.endsAt <= now);
  }
  const code = await store.codes.findByCode(shop, difference.subject as DiscountCode);
  return success(isSameTime(endOf(terms, code), difference.endsHere) && deactivatedAt === null);
}

function endOf({ endsAt }: Pick<WatchedDiscount, "endsAt">, code: Code | null): Date | null {
  return earlier(endsAt, code?.endsAt ?? null);
}

async function isStillAtImpact(
  { store, impact, clock }: RepairPorts,
  shop: ShopDomain,
  { kind, promoCodeId, theirPartnerId, ...found }: CodeDifference,
  repair: Repair,
): Promise<IsStill> {
  // What there is of a family is looked at by whoever repairs it.
  const isCode = kind !== "family-lost" && kind !== "family-unused";
  const connection = isCode && promoCodeId && (await store.connections.find(shop));
  if (!connection) return success(true);
  const query = { now: clock.now(), priority: "read" as const };
  const read = await impact.readPromoCode(connection.credentials, promoCodeId, query);
  if (!read.ok) return read;
  const there = read.value;
  // Ending what has ended is done; nobody can be followed to it.
  if (!there || there.isEnded) return success(repair !== "keep-theirs");
  const isSameEnd = kind !== "ends-differ" || isSameTime(there.endsAt, found.endsThere);
  const isSamePolicy = found.creditPolicy === null || there.creditPolicy === found.creditPolicy;
  const isSameStart = found.startsThere === null || isSameTime(there.startsAt, found.startsThere);
  const isSame = isSameEnd && isSamePolicy && isSameStart;
  return success(there.partnerId === theirPartnerId && isSame);
}

/** Both sides keep whole seconds. */
function isSameTime(one: Date | null, other: Date | null): boolean {
  if (one === null || other === null) return one === other;
  return seconds(one) === seconds(other);
}

export function changed(): Problem {
  const message =
    "This has changed since it was found, so nothing was done. Check again to see how it stands now.";
  return { kind: "cannot-repair", retry: "never", message };
}
