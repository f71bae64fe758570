import type { Discount } from "../codes/discount.ts";
import type { Ports } from "../ports/ports.ts";
import { success } from "../result.ts";
import type { Batch, BatchPart } from "./batch.ts";
import type { Step } from "./make-codes.ts";
import { settlePart } from "./settle-part.ts";
import { takenBy } from "./settle-taken.ts";

/** Makes the discount itself, with the first code that nobody else has. */
export async function makeDiscount(
  ports: Ports,
  batch: Batch,
  discount: Discount,
  [part]: readonly BatchPart[],
): Promise<Step> {
  const { shop } = batch;
  const number = part?.number ?? 0;
  const codes = await ports.store.batches.listPlanned(shop, batch.id, [number]);
  const [first] = codes.get(number) ?? [];
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
  if (found.value && !found.value.tags.includes(tag)) {
    await ports.store.codes.saveShopifyState(
      shop,
      first.id,
      { state: "failed", problem: takenBy(first, found.value.title) },
      ports.clock.now(),
    );
    return success("again");
  }
  if (!found.value && batch.state === "cancelling") {
    await ports.store.batches.noteUntried(shop, batch.id, number);
    return success("again");
  }
  const draft = { terms: discount, firstCode: first.code, tag };
  const made = found.value ? success(found.value) : await ports.shopify.createDiscount(shop, draft);
  if (!made.ok) return made;
  await ports.store.inTransaction(async (tx) => {
    await tx.discounts.saveShopifyId(shop, discount.id, made.value.discountId);
    const live = { state: "live", problem: null } as const;
    await tx.codes.saveShopifyState(shop, first.id, live, ports.clock.now());
    await tx.queue.send("register-codes", { shop, codeIds: [first.id] });
  });
  return success("again");
}

/** Marks the Shopify discount as this one of ours, so that a lost answer can be recognised. */
function tagFor(discount: Discount): string {
  return `partner-codes-${discount.id}`;
}
