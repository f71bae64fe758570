import { startOf } from "../codes/preview-assignment.ts";
import { oldestReportable } from "../conversions/reporting-limit.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { failure, success, type Problem, type Result } from "../result.ts";
import { isOfOtherProgram } from "./of-other-program.ts";

export type TakeProblem = Problem<"adoption-gone" | "nothing-to-adopt" | "program-changed">;

interface Asked {
  shop: ShopDomain;
  adoptionId: string;
  /** From when partners have their codes; null is from now on. */
  since: Date | null;
}

/**
 * Starts the batch that adopts what was found; asked for again it gives the same batch. Null where the
 * shop has no such adoption.
 */
export async function takeAdoption(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, adoptionId, since }: Asked,
): Promise<Result<{ batchId: string }, TakeProblem> | null> {
  const now = clock.now();
  return store.inTransaction(async (tx) => {
    const adoption = await tx.adoptions.find(shop, adoptionId);
    if (!adoption) return null;
    if (adoption.batchId !== null) return success({ batchId: adoption.batchId });
    if (adoption.state !== "checked" || adoption.expiresAt <= now) return failure(GONE);
    if (await isOfOtherProgram(tx, adoption)) return failure(PROGRAM_CHANGED);
    const counts = await tx.adoptions.countVerdicts(shop, adoptionId);
    const isNothing = counts.every(({ verdict }) => !takes(adoption.plan.source.kind, verdict));
    if (isNothing) return failure(NOTHING);
    const startsAt = wholeSecond(startOf(since ?? now, oldestReportable(now)));
    const taken = await tx.adoptions.take(shop, adoptionId, startsAt, now);
    if (!taken) return failure(GONE);
    await tx.queue.send("adopt-codes", { shop, batchId: taken.batchId });
    return success(taken);
  });
}

/** Of codes that are managed already, only those that get a partner have anything to come. */
function takes(source: string, verdict: string): boolean {
  return source === "nobodys" ? verdict === "assigned" : verdict !== "managed";
}

/** Shopify's order times have no fractions: an order of this very second must find its assignment. */
function wholeSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1_000) * 1_000);
}

const PROGRAM_CHANGED: TakeProblem = {
  kind: "program-changed",
  retry: "never",
  message: "Another program was chosen since these codes were read. Begin again.",
};

const GONE: TakeProblem = {
  kind: "adoption-gone",
  retry: "never",
  message: "What was read of these codes is a day old, or is being read anew. Begin again.",
};

const NOTHING: TakeProblem = {
  kind: "nothing-to-adopt",
  retry: "never",
  message: "There is nothing to adopt: all of these codes are managed here already.",
};
