import type { ShopDomain } from "../ids.ts";
import type { Stores } from "../ports/store.ts";
import type { Discount } from "./discount.ts";
import { registrationJobs } from "./register-codes.ts";
import { hasEnded } from "./why-ended.ts";

/** Registers the codes that were left alone while their discount had ended, where it runs again. */
export async function registerRunning(
  tx: Pick<Stores, "codes" | "queue">,
  shop: ShopDomain,
  { before, endsAt }: { before: Pick<Discount, "id" | "endsAt">; endsAt: Date | null },
  now: Date,
): Promise<void> {
  if (!hasEnded(before.endsAt, now) || hasEnded(endsAt, now)) return;
  const codeIds = await tx.codes.listLeftEnded(shop, before.id, now);
  await tx.queue.sendAll("register-codes", registrationJobs(shop, codeIds));
}
