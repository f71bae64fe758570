import type { Ports } from "../ports/ports.ts";
import type { JobName } from "../ports/queue.ts";

/** So long a batch keeps its place while others wait for one. */
const TURN_MS = 10_000;
/** And so long while nobody waits. */
const LONGEST_TURN_MS = 60_000;

/** Whether a batch that has had its place since then leaves it, be it for another of the same shop. */
export async function isTurnOver(
  { store, clock }: Pick<Ports, "store" | "clock">,
  name: JobName,
  since: Date,
): Promise<boolean> {
  const hadMs = clock.now().getTime() - since.getTime();
  if (hadMs > LONGEST_TURN_MS) return true;
  return hadMs > TURN_MS && (await store.queue.isWaiting(name));
}
