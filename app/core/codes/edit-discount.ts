import type { ShopDomain } from "../ids.ts";
import { noteDiscount } from "../code-differences/read-shopify-side.ts";
import type { WatchedDiscount } from "../ports/code-difference-stores.ts";
import type { Ports } from "../ports/ports.ts";
import type { ShopDetails } from "../shops/shop-details.ts";
import type { Opened } from "../changed-fields.ts";
import { changedSince } from "./changed-since.ts";
import { isSayable } from "./discount.ts";
import { draftOfTerms } from "./draft-of-terms.ts";
import { readTerms } from "./read-terms.ts";
import { takeUpSeen, type Followed } from "./take-up-seen.ts";
import type { TermsDraft, TermsProblem } from "./terms-draft.ts";

type EditPorts = Pick<Ports, "store" | "shopify" | "clock">;

interface Asked {
  shop: ShopDomain;
  discountId: string;
}

export type EditAnswer =
  | ({ ok: true } & Followed)
  /** `message` stands above the form: what no field is to blame for. */
  | { ok: false; fields: TermsProblem[]; message: string | null };

/** The discount as Shopify has it at this moment, or as we know it where Shopify can't be asked. */
export async function openDiscount(
  { store, shopify, clock }: EditPorts,
  { shop, discountId }: Asked,
): Promise<WatchedDiscount | null> {
  const ours = await findWatched({ store }, { shop, discountId });
  if (!ours) return null;
  const read = await shopify.readDiscounts(shop, [ours.shopifyId]);
  if (!read.ok) return ours;
  const seen = read.value.get(ours.shopifyId) ?? null;
  await store.inTransaction((tx) => noteDiscount(tx, shop, { ours, seen }, clock.now()));
  return findWatched({ store }, { shop, discountId });
}

/**
 * Gives a discount other terms: Shopify is told first, and what it has then is saved. What somebody
 * changed since the form was opened (`opened`) is not taken back unasked.
 */
export async function editDiscount(
  ports: EditPorts,
  { shop, discountId, draft, opened }: Asked & { draft: TermsDraft; opened: Opened<TermsDraft> },
): Promise<EditAnswer> {
  const details = await ports.store.shops.find(shop);
  const ours = await openDiscount(ports, { shop, discountId });
  if (!details || !ours) return refused("Shopify has not made this discount yet.");
  if (ours.deletedAt) return refused("Shopify does not have this discount any more.");
  if (!isSayable(ours)) return refused("Only Shopify's own admin can change this discount.");
  const changed = changedSince(opened, draftOfTerms(ours, details.timeZone), draft);
  if (changed) return refused(changed);
  const { terms, problems } = readEdit(draft, ours, details, ports.clock.now());
  if (problems.length > 0) return { ok: false, fields: problems, message: null };
  // Shopify has forgotten the day of one that was deactivated before it.
  const isForgotten = ours.deactivatedAt !== null && ours.startsAt > ports.clock.now();
  const keepsStart = !isForgotten && terms.startsAt.getTime() === ours.startsAt.getTime();
  const updated = await ports.shopify.updateDiscount(shop, ours.shopifyId, terms, { keepsStart });
  if (!updated.ok) return refused(`Nothing was changed. ${updated.problem.message}`);
  if ("refusals" in updated.value) {
    const { refusals } = updated.value;
    return {
      ok: false,
      fields: refusals.flatMap(({ field, message }) => (field ? [{ field, message }] : [])),
      message: refusals.find(({ field }) => field === null)?.message ?? null,
    };
  }
  return { ok: true, ...(await takeUpSeen(ports, shop, ours, updated.value.seen)) };
}

/** Discounts that Shopify has made, and what was last seen of it there. */
export async function findWatched(
  { store }: Pick<Ports, "store">,
  { shop, discountId }: Asked,
): Promise<WatchedDiscount | null> {
  const only = { after: null, only: discountId, limit: 1 };
  const [ours] = await store.seenCodes.listDiscounts(shop, only);
  return ours ?? null;
}

function readEdit(draft: TermsDraft, ours: WatchedDiscount, shop: ShopDetails, now: Date) {
  const { terms, problems } = readTerms(draft, { ...shop, now }, ours);
  const isShipping = (kind: string) => kind === "free-shipping";
  if (isShipping(terms.value.kind) !== isShipping(ours.value.kind)) {
    const message =
      "Free shipping can't become another discount, nor the other way round. Make a new one.";
    problems.push({ field: "value", message });
  }
  return { terms, problems };
}

function refused(message: string): EditAnswer {
  return { ok: false, fields: [], message };
}
