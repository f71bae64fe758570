import { reachesNewest } from "../codes/reaches-newest.ts";
import { saveSeen } from "../codes/take-up-seen.ts";
import type { ShopDomain } from "../ids.ts";
import type { Reconciliation } from "../ledger/reconciliation.ts";
import type { WatchedDiscount } from "../ports/code-difference-stores.ts";
import type { SeenDiscount } from "../ports/shopify.ts";
import type { Stores } from "../ports/store.ts";
import type { Problem } from "../result.ts";
import type { CheckPlace } from "./check-place.ts";
import type { CheckPorts, PageRead } from "./reconcile-codes.ts";

/** As many as one call to Shopify takes. */
const DISCOUNTS_PER_PAGE = 25;

type At<Stage extends CheckPlace["stage"]> = Extract<CheckPlace, { stage: Stage }>;

/** Looks at the next discounts, and takes up what was changed of them in Shopify. */
export async function readDiscounts(
  { store, shopify, clock }: CheckPorts,
  shop: ShopDomain,
  run: Reconciliation,
  { after }: At<"discounts">,
): Promise<PageRead> {
  const page = { after, only: run.discountId, limit: DISCOUNTS_PER_PAGE };
  const discounts = await store.seenCodes.listDiscounts(shop, page);
  const last = discounts.at(-1);
  if (!last) {
    const next = await startCodes({ store }, shop, run, null);
    return { kind: "read", next, listed: 0, note: async () => undefined };
  }
  const ids = discounts.map(({ shopifyId }) => shopifyId);
  const read = await shopify.readDiscounts(shop, ids);
  if (!read.ok) return { kind: "failed", problem: read.problem };
  const now = clock.now();
  return {
    kind: "read",
    next: { stage: "discounts", after: last.id },
    listed: 0,
    note: async (tx) => {
      // A run over one discount does not ask impact.com.
      const isCompared = run.discountId === null;
      for (const ours of discounts) {
        const seen = read.value.get(ours.shopifyId) ?? null;
        await noteDiscount(tx, shop, { ours, seen, isCompared }, now);
      }
    },
  };
}

/** What Shopify was seen to have of our discount; null where it no longer has it. */
interface Noted {
  ours: WatchedDiscount;
  seen: SeenDiscount | null;
  /** Both sides are read after this, by the run that has seen it. */
  isCompared?: boolean;
}

/** Takes up what was seen of a discount. Part of a transaction. */
export async function noteDiscount(
  tx: Stores,
  shop: ShopDomain,
  { ours, seen, isCompared = false }: Noted,
  now: Date,
): Promise<void> {
  if (seen) await saveSeen(tx, shop, { ours, seen, isCompared }, now);
  else if (!ours.deletedAt) await tx.seenCodes.saveDeleted(shop, ours.id, now);
}

/** How often a discount's codes are listed that Shopify lists short; then the others' turn comes. */
const MOST_TRIES = 6;

/** Reads the next codes of a discount. Its last page must bring as many as Shopify counts. */
export async function readCodes(
  { store, shopify }: CheckPorts,
  shop: ShopDomain,
  run: Reconciliation,
  place: At<"codes">,
): Promise<PageRead> {
  const { discountId, after, tries } = place;
  const only = { after: null, only: discountId, limit: 1 };
  const [discount] = await store.seenCodes.listDiscounts(shop, only);
  const isThere = discount !== undefined && discount.deletedAt === null;
  const page = isThere ? await shopify.listCodes(shop, discount.shopifyId, after) : null;
  if (page?.ok === false) return { kind: "failed", problem: page.problem };
  const listed = page?.value ?? NO_CODES;
  const read = place.read + listed.codes.length;
  let isCut = listed.next === null && read < listed.codesCount;
  if (discount && listed.next === null && !listed.isCounted) {
    const { shopifyId } = discount;
    const whole = await reachesNewest(shopify, { shop, shopifyId }, listed.codes);
    if (!whole.ok) return { kind: "failed", problem: whole.problem };
    isCut ||= !whole.value;
  }
  if (isCut && tries + 1 < MOST_TRIES) {
    const from = { ...startOf(discountId), tries: tries + 1 };
    return {
      kind: "failed",
      problem: cutShort(discount?.title ?? "", read, listed.codesCount),
      from,
    };
  }
  const next: CheckPlace =
    listed.next === null
      ? await startCodes({ store }, shop, run, discountId)
      : { stage: "codes", discountId, read, tries, after: listed.next };
  return {
    kind: "read",
    next,
    listed: listed.codes.length,
    note: async (tx, now) => {
      // Deleted since it was looked at.
      if (isThere && page?.value === null) await tx.seenCodes.saveDeleted(shop, discountId, now);
      await tx.seenCodes.noteInShopify(shop, run, { discountId, codes: listed.codes });
      if (isCut) await tx.seenCodes.noteCut(shop, run.id, discountId);
    },
  };
}

const NO_CODES = { codes: [], codesCount: 0, isCounted: true, next: null };

function cutShort(title: string, read: number, count: number): Problem {
  const of = read < count ? `the ${count}` : `more than ${count}`;
  return {
    kind: "cut-short",
    retry: "later",
    message: `Shopify lists ${read} of ${of} codes of “${title}”. They are read again.`,
  };
}

/** The codes of the next discount; after the last one impact.com's, where there is a program. */
async function startCodes(
  { store }: Pick<CheckPorts, "store">,
  shop: ShopDomain,
  run: Reconciliation,
  after: string | null,
): Promise<CheckPlace> {
  const isOver = run.discountId !== null && after !== null;
  const page = { after, only: run.discountId, limit: 1 };
  const [discount] = isOver ? [] : await store.seenCodes.listDiscounts(shop, page);
  if (discount) return startOf(discount.id);
  const program = run.discountId ? null : (await store.connections.find(shop))?.program;
  return program
    ? { stage: "impact", programId: program.programId, page: 1 }
    : { stage: "compare", programId: null, after: null };
}

function startOf(discountId: string): At<"codes"> {
  return { stage: "codes", discountId, read: 0, tries: 0, after: null };
}
