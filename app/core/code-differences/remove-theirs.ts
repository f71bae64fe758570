import type { DiscountCode, ShopDomain } from "../ids.ts";
import { failure, success, type Problem, type Result } from "../result.ts";
import type { CodeDifference } from "./code-difference.ts";
import { findDiscount } from "./find-discount.ts";
import { changed } from "./look-again.ts";
import type { RepairPorts } from "./repair-difference.ts";

const LOOK_EVERY_MS = 500;
/** Whoever clicked waits for it. */
const LONGEST_MS = 10_000;

/**
 * Takes a code that is only in Shopify from its discount, and believes it once Shopify's job has ended
 * and its list has the code no more. Where Shopify keeps a discount's last code, the discount is
 * deactivated. A job that takes longer is a problem that says so; tried again, it is asked anew.
 */
export async function removeTheirs(
  ports: RepairPorts,
  shop: ShopDomain,
  difference: CodeDifference,
): Promise<Result<null, Problem>> {
  const { shopify, clock } = ports;
  const discount = await findDiscount(ports, shop, difference);
  if (!discount) return success(null);
  const { shopifyId } = discount;
  const code = difference.subject as DiscountCode;
  const endsAt = clock.now().getTime() + LONGEST_MS;
  for (let rounds = 0; clock.now().getTime() < endsAt; rounds += 1) {
    const removal = await shopify.removeCodes(shop, shopifyId, [code], {
      isAskedAgain: rounds > 0,
    });
    if (!removal.ok) return removal;
    const { job, elsewhere } = removal.value;
    // Somebody has moved it to another discount, where customers can use it.
    if (elsewhere.length > 0) return failure(changed());
    if (!job) return success(null);
    if (job.isLast) return shopify.deactivateDiscount(shop, shopifyId);
    const ended = await untilEnded(ports, shop, job.id, endsAt);
    if (!ended.ok) return ended;
  }
  return failure(stillRemoving(code));
}

async function untilEnded(
  { shopify, clock, pause }: RepairPorts,
  shop: ShopDomain,
  jobId: string,
  endsAt: number,
): Promise<Result<null, Problem>> {
  for (;;) {
    const read = await shopify.readRemoval(shop, jobId);
    if (!read.ok) return read;
    if (read.value.done || clock.now().getTime() >= endsAt) return success(null);
    await pause(LOOK_EVERY_MS);
  }
}

function stillRemoving(code: DiscountCode): Problem {
  const message = `Shopify is still removing ${code}, so customers may use it for a moment yet. Try again in a minute.`;
  return { kind: "still-removing", retry: "later", message };
}
