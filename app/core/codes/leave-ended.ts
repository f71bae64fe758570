import type { Ports } from "../ports/ports.ts";
import type { Code } from "./discount.ts";
import { hasEnded } from "./why-ended.ts";

/** On the Codes page, of a code that impact.com was not told of. */
export const NOT_TOLD =
  "It ended before it was registered at impact.com, so it is not. It will be once its discount is activated or ends later, or where an order came with it.";

/**
 * Whether a code that is about to be registered is left alone, since it has ended: nobody can use it,
 * and the hour's requests are for codes that work. One that orders wait for is registered all the same.
 */
export async function leaveEnded(
  { store, clock }: Pick<Ports, "store" | "clock">,
  code: Code,
  endsAt: Date | null,
): Promise<boolean> {
  const { shop, id: codeId, impactAttempts: attempts } = code;
  const now = clock.now();
  if (!hasEnded(endsAt, now)) return false;
  if ((await store.conversions.listUnsentForCode(shop, code.code)).length > 0) return false;
  await store.inTransaction(async (tx) => {
    const left = { state: "expired", problem: NOT_TOLD, attempts } as const;
    if (!(await tx.codes.saveImpactState(shop, code, left, now))) return;
    // An order that came meanwhile saw it still waiting to be registered.
    const unsent = await tx.conversions.listUnsentForCode(shop, code.code);
    if (unsent.length > 0) await tx.queue.send("register-code", { shop, codeId });
  });
  return true;
}
