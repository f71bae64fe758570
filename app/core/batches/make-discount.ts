import { isSayable, type Discount } from "../codes/discount.ts";
import { OUR_TAG } from "../codes/read-details.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { ShopifyProblem } from "../ports/shopify.ts";
import { failure, success, type Result } from "../result.ts";
import type { Batch, BatchPart } from "./batch.ts";
import type { Step } from "./take-step.ts";
import { redrawTaken } from "./redraw-taken.ts";
import { settlePart } from "./settle-part.ts";
import { takenBy } from "./settle-taken.ts";

/**
 * Makes the discount itself, with the first code that nobody else has: one batch at a time, which asks
 * first for what those before it may have made. Shopify answers once both are
 * there, with the discount's id: that proves this code live, as does finding our tag by the code.
 */
export async function makeDiscount(
  ports: Ports,
  batch: Batch,
  discount: Discount,
  [part]: readonly BatchPart[],
): Promise<Step> {
  const { shop } = batch;
  const ours = { id: batch.id, discountId: discount.id };
  const turn = await ports.store.batches.claimDiscount(shop, ours);
  if (turn === "made") return success("again");
  if (turn === "theirs") return failure(ANOTHERS);
  const number = part?.number ?? 0;
  const codes = await ports.store.batches.listPlanned(shop, batch.id, [number]);
  const [first, ...others] = codes.get(number) ?? [];
  if (!first) {
    await settlePart(ports, batch, number);
    return success("again");
  }
  // None where it is being cancelled and Shopify was never asked.
  const [tried] = await ports.store.batches.noteTried(shop, batch.id, [number]);
  if (tried === undefined) return success("again");
  const tag = tagFor(discount);
  const found = await ports.shopify.findDiscountByCode(shop, first.code);
  if (!found.ok) return found;
  const anew = others.map(({ id }) => id);
  if (found.value && !found.value.tags.includes(tag)) {
    const taken = { ...first, problem: takenBy(first, found.value.title) };
    const redrawn = await redrawTaken(ports, batch, [taken]);
    await settlePart(ports, batch, number, { ...redrawn, anew: [...anew, ...redrawn.anew] });
    return success("again");
  }
  const theirs = found.value ? success(null) : await findOthers(ports, shop, ours, tag);
  if (!theirs.ok) return theirs;
  if (theirs.value) {
    await ports.store.discounts.saveShopifyId(shop, discount.id, theirs.value);
    return success("again");
  }
  if (!found.value && batch.state === "cancelling") {
    await ports.store.batches.noteUntried(shop, batch.id, number);
    return success("again");
  }
  if (!found.value && !isSayable(discount)) return failure(UNSAYABLE);
  const draft = { terms: discount, firstCode: first.code, tag };
  const made = found.value ? success(found.value) : await ports.shopify.createDiscount(shop, draft);
  if (!made.ok) return made;
  // Killed after this, its code is asked for once more and found to be ours.
  await ports.store.discounts.saveShopifyId(shop, discount.id, made.value.discountId);
  await settlePart(ports, batch, number, { anew });
  return success("again");
}

/** More batches of one discount have hardly died making it. */
const MOST_OTHERS = 20;

/** The discount, where another batch had it made and never heard of it. */
async function findOthers(
  { store, shopify }: Pick<Ports, "store" | "shopify">,
  shop: ShopDomain,
  batch: { id: string; discountId: string },
  tag: string,
): Promise<Result<string | null, ShopifyProblem>> {
  for (const code of await store.batches.listTriedOf(shop, batch, MOST_OTHERS)) {
    const found = await shopify.findDiscountByCode(shop, code);
    if (!found.ok) return found;
    if (found.value?.tags.includes(tag)) return success(found.value.discountId);
  }
  return success(null);
}

const ANOTHERS: ShopifyProblem = {
  kind: "unavailable",
  retry: "later",
  message:
    "Another batch is making this discount in Shopify. This one goes on by itself once it is there, or once that one has ended.",
};

const UNSAYABLE: ShopifyProblem = {
  kind: "refused",
  retry: "never",
  message:
    "The discount had conditions that can only be set in Shopify, so this app can't make it again as it was. Cancel this batch, then retire the codes.",
};

/** Marks the Shopify discount as this one of ours, so that a lost answer can be recognised. */
function tagFor(discount: Discount): string {
  return `${OUR_TAG}${discount.id}`;
}
