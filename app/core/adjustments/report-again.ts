import type { Conversion } from "../conversions/conversion.ts";
import { toSendJobs } from "../conversions/send-jobs.ts";
import { saveStanding } from "../conversions/standing.ts";
import type { PipelineStores } from "../ports/store.ts";

/**
 * Reports what is earned after a reversal, as when everything was returned and something else was
 * added: impact.com changes a reversed action no more, so it gets a new one under a new order id.
 */
export async function reportAgain(
  tx: PipelineStores,
  conversion: Conversion,
  amountMinor: number,
  now: Date,
): Promise<void> {
  const { shop, id: conversionId } = conversion;
  const impactOrderId = nextOrderId(conversion.impactOrderId);
  await tx.conversions.restart(shop, conversionId, { impactOrderId, amountMinor });
  await saveStanding(tx, conversion, { reason: "to-send", problem: null }, now);
  await tx.queue.sendAll("send-conversion", toSendJobs(shop, [conversion]));
}

/** 5500001 → 5500001-2 → 5500001-3. */
export function nextOrderId(impactOrderId: string): string {
  const [, base = impactOrderId, number = "1"] = /^(.*?)(?:-(\d+))?$/.exec(impactOrderId) ?? [];
  return `${base}-${Number(number) + 1}`;
}
