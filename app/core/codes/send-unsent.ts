import type { Conversion } from "../conversions/conversion.ts";
import { toSendJobs, type ToSend } from "../conversions/send-jobs.ts";
import type { ShopDomain } from "../ids.ts";
import type { Stores } from "../ports/store.ts";

/** Longer than a send may hold a conversion that was claimed before the code was registered. */
const AFTER_LEASE_MS = 130_000;

/** Lets conversions go that waited for their codes, which are registered now. */
export async function sendUnsent(
  { queue }: Pick<Stores, "queue">,
  shop: ShopDomain,
  unsent: readonly Conversion[],
  now: Date,
): Promise<void> {
  // One being sent this moment read the code before: it comes back to "ready" within its lease.
  const afterLease = new Date(now.getTime() + AFTER_LEASE_MS);
  const sends = unsent.map(({ id, eventAt, state }): ToSend => ({
    id,
    eventAt,
    startAfter: state === "sending" ? afterLease : now,
  }));
  await queue.sendAll("send-conversion", toSendJobs(shop, sends));
}
