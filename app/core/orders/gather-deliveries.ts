import type { IncomingDelivery } from "./delivery.ts";

type Receive = (deliveries: readonly IncomingDelivery[]) => Promise<void>;

interface Waiting {
  delivery: IncomingDelivery;
  settle: { stored: () => void; failed: (error: unknown) => void };
}

/** More than that in one transaction would keep the first of them waiting. */
const MOST_TOGETHER = 200;
const COMMITS_AT_ONCE = 2;

/**
 * Lets deliveries that arrive while a commit is under way share the next one. Nobody waits for
 * company longer than `turn`: the moment in which what has arrived already is read.
 * Each call settles once its own delivery is stored or not: where a shared commit fails, each of it
 * is tried alone, so that one that can't be stored fails nobody else.
 */
export function gatherDeliveries(
  receive: Receive,
  turn: () => Promise<unknown>,
): (delivery: IncomingDelivery) => Promise<void> {
  const line: Waiting[] = [];
  let underWay = 0;

  const commitNext = async (): Promise<void> => {
    underWay += 1;
    do {
      await turn();
      const together = line.splice(0, MOST_TOGETHER);
      if (together.length > 0) await storeTogether(receive, together);
    } while (line.length > 0);
    underWay -= 1;
  };

  return (delivery) =>
    new Promise((stored, failed) => {
      line.push({ delivery, settle: { stored, failed } });
      if (underWay < COMMITS_AT_ONCE) void commitNext();
    });
}

async function storeTogether(receive: Receive, waiting: readonly Waiting[]): Promise<void> {
  try {
    await receive(waiting.map(({ delivery }) => delivery));
    for (const { settle } of waiting) settle.stored();
  } catch (error) {
    if (waiting.length === 1) waiting[0]?.settle.failed(error);
    else await Promise.all(waiting.map((one) => storeTogether(receive, [one])));
  }
}
