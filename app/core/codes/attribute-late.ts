import { oldestReportable } from "../conversions/reporting-limit.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";

const PAGE_SIZE = 500;

/**
 * Decides the past orders of a code again, now that a partner has it; a page for each run of the job.
 * Who is credited by then, and what can't be reported any more, is left as it is.
 */
export async function attributeLate(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, codeId, after }: JobPayloads["attribute-late"],
): Promise<void> {
  await store.inTransaction(async (tx) => {
    const assigned = await tx.codes.find(shop, codeId);
    if (!assigned?.assignedSince) return;
    const { code, assignedSince: from } = assigned;
    const question = { code, from, oldest: oldestReportable(clock.now()) };
    const page = { after, limit: PAGE_SIZE };
    const orderIds = await tx.late.listEarning(shop, question, page);
    const jobs = orderIds.map((orderId) => ({ payload: { shop, orderId } }));
    await tx.queue.sendAll("process-order", jobs);
    const last = orderIds.at(-1);
    if (!last || orderIds.length < PAGE_SIZE) return;
    await tx.queue.send("attribute-late", { shop, codeId, after: last });
  });
}
