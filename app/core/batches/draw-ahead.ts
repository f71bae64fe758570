import type { Ports } from "../ports/ports.ts";
import type { Result } from "../result.ts";
import type { Batch, CodePlan } from "./batch.ts";
import type { DrawProblem } from "./draw-codes.ts";
import { planParts, unfinishedPlan } from "./plan-parts.ts";

type Drawn = Result<CodePlan, DrawProblem>;

/** Draws a batch's codes beside its steps, one set after the other, so that Shopify never waits. */
export interface DrawAhead {
  /** Begins the next set, if one is left and none is under way. */
  begin(batch: Batch): void;
  /** How far the plan has come with the set that has ended; null where none has. */
  take(): Drawn | null;
  /** As take, after the set that is under way. */
  finish(): Promise<Drawn | null>;
  /** When the set under way has ended; never where there is none. */
  whenDrawn(): Promise<void>;
}

export function createDrawAhead(ports: Pick<Ports, "store" | "clock" | "codeMaking">): DrawAhead {
  let underWay: Promise<void> | null = null;
  let ended: PromiseSettledResult<Drawn> | null = null;
  const take = () => {
    if (!ended) return null;
    const outcome = ended;
    [underWay, ended] = [null, null];
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  };
  return {
    begin(batch) {
      const plan = unfinishedPlan(batch);
      if (!plan || underWay) return;
      underWay = Promise.allSettled([planParts(ports, batch, plan)]).then(([outcome]) => {
        ended = outcome;
      });
    },
    take,
    async finish() {
      await underWay;
      return take();
    },
    whenDrawn: () => underWay ?? new Promise(() => undefined),
  };
}
