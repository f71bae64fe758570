import { isSayable, type Discount } from "../codes/discount.ts";
import { OUR_TAG } from "../codes/read-details.ts";
import type { Ports } from "../ports/ports.ts";
import type { ShopifyProblem } from "../ports/shopify.ts";
import { failure, success } from "../result.ts";
import type { Batch, BatchPart } from "./batch.ts";
import type { Step } from "./make-codes.ts";
import { settlePart } from "./settle-part.ts";
import { takenBy } from "./settle-taken.ts";

/**
 * Makes the discount itself, with the first code that nobody else has. Shopify answers once both are
 * there, with the discount's id: that proves this code live, as does finding our tag by the code.
 */
export async function makeDiscount(
  ports: Ports,
  batch: Batch,
  discount: Discount,
  [part]: readonly BatchPart[],
): Promise<Step> {
  const { shop } = batch;
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
    const problem = takenBy(first, found.value.title);
    await settlePart(ports, batch, number, { failed: [{ codeId: first.id, problem }], anew });
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
