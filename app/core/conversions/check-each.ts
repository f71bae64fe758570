import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { Connection } from "../program/program.ts";
import {
  askAbout,
  askAgainLater,
  settleAsked,
  type Asked,
  type OpenSubmission,
  type Settling,
  type StillOpen,
} from "./check-submission.ts";
import { creditAll } from "./credit-all.ts";
import { wasTakenAsSent } from "./settle-conversion.ts";

const AT_ONCE = 8;

/**
 * Asks impact.com about each submission of conversions, then settles in one transaction what was
 * taken as it was sent, and in another puts back what is not decided yet.
 */
export async function checkEach(
  ports: Ports,
  shop: ShopDomain,
  connection: Connection | null,
  submissions: readonly OpenSubmission[],
): Promise<void> {
  const answers: Asked[] = [];
  const ask = async (one: OpenSubmission) => {
    answers.push(await askAbout(ports, connection, one));
  };
  const asking = await Promise.allSettled([inTurns(submissions, ask)]);
  const credits: Settling[] = [];
  const others: Settling[] = [];
  const open: StillOpen[] = [];
  for (const answer of answers) {
    if ("open" in answer) open.push(answer.open);
    else if (wasTakenAsSent(answer.settling)) credits.push(answer.settling);
    else others.push(answer.settling);
  }
  await creditAll(ports, shop, credits);
  await askAgainLater(ports, shop, open);
  await inTurns(others, (settling) => settleAsked(ports, settling));
  for (const turn of asking) if (turn.status === "rejected") throw turn.reason;
}

/** Some at a time. A throw comes after all others were tried. */
export async function inTurns<T>(
  all: readonly T[],
  work: (one: T) => Promise<void>,
): Promise<void> {
  const line = all.values();
  const workInTurn = async () => {
    for (const one of line) await work(one);
  };
  const turns = await Promise.allSettled(Array.from({ length: AT_ONCE }, workInTurn));
  const thrown = turns.find((turn) => turn.status === "rejected");
  if (thrown) throw thrown.reason;
}
