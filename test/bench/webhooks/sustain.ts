import path from "node:path";
import type { Pool } from "pg";
import type { LoadOrder, LoadResult } from "./load.ts";
import { depthOf, untilDrained, watch, type Depth } from "./pipeline.ts";
import type { Helper } from "./processes.ts";
import { crossedAt, hasGrown } from "./steadiness.ts";

const MINUTE_S = 60;
const TRIAL_ORDERS = 10_000;
/** A minute is first tried at so much of what the trial came to. */
const OF_TRIAL = 0.9;
/** And again at so much of the rate at which the queue grew: what it took then was not its best. */
const OF_RATE = 0.8;
const TRIES = 6;

export interface Pipeline {
  load: Helper;
  standIns: Helper;
  pool: Pool;
  folder: string;
  common: Pick<LoadOrder, "secret" | "connections">;
  url: string;
}

/**
 * Conversions accepted a second, from the webhook to impact.com, over a minute in which the queue did
 * not grow.
 */
export async function sustain(pipeline: Pipeline): Promise<number> {
  let rate = Math.floor((await trial(pipeline)) * OF_TRIAL);
  for (let attempt = 1; ; attempt += 1) {
    const { acceptedPerSecond, grew } = await minute(pipeline, rate, attempt);
    if (!grew) return Math.round(acceptedPerSecond);
    if (attempt === TRIES) throw new Error(`The queue grew in each of ${TRIES} minutes.`);
    rate = Math.floor(rate * OF_RATE);
  }
}

/** Deliveries a second that the pipeline takes through, from its steady part: 10 % to 90 %. */
async function trial(pipeline: Pipeline): Promise<number> {
  const { load, standIns, pool, common, url } = pipeline;
  const { file, coded } = await placed(pipeline, "trial", TRIAL_ORDERS);
  const before = await creditedAt(standIns);
  const order = { ...common, file, url, seconds: 600, rate: 0, renumber: false };
  const run = load.ask<LoadResult>(order).then(() => untilDrained(pool));
  const { looks } = await watch(run, 500, async () => (await creditedAt(standIns)) - before);
  const points = looks.map(({ second, look }) => ({ second, count: look }));
  const seconds = crossedAt(points, coded * 0.9) - crossedAt(points, coded * 0.1);
  const rate = (TRIAL_ORDERS * 0.8) / seconds;
  console.log(
    `${TRIAL_ORDERS} orders at once: the middle 80 % in ${seconds.toFixed(1)} s, ${rate.toFixed(0)} deliveries a second`,
  );
  return rate;
}

interface Minute {
  acceptedPerSecond: number;
  grew: boolean;
}

async function minute(pipeline: Pipeline, rate: number, attempt: number): Promise<Minute> {
  const { load, standIns, pool, common, url } = pipeline;
  const orders = rate * MINUTE_S;
  const { file } = await placed(pipeline, `minute-${attempt}`, orders);
  const before = await creditedAt(standIns);
  console.log(`a minute at ${rate} deliveries a second`);
  const order = { ...common, file, url, seconds: MINUTE_S, rate, renumber: false };
  const look = async () => {
    const [depth, credited] = await Promise.all([depthOf(pool), creditedAt(standIns)]);
    return { ...depth, accepted: credited - before };
  };
  const { result, looks } = await watch(load.ask<LoadResult>(order), 10_000, look);
  for (const { second, look: depth } of looks) tell(second, depth);
  const last = looks.at(-1);
  const acceptedPerSecond = (last?.look.accepted ?? 0) / (last?.second ?? MINUTE_S);
  const queued = looks.map(({ look: { deliveries, unsent, unchecked } }) => {
    return deliveries + unsent + unchecked;
  });
  const grew = hasGrown(queued, rate);
  const drained = await untilDrained(pool);
  const { conversions, violations } = await standIns.ask<Record<string, number>>({ kind: "count" });
  console.log(
    `${result.acknowledged} acknowledged in ${result.seconds.toFixed(1)} s, ${result.refused} refused; the queue ${grew ? "grew" : "did not grow"}, drained ${drained.toFixed(1)} s later; impact.com has ${conversions} conversions, ${violations} broken rules`,
  );
  return { acceptedPerSecond, grew };
}

function tell(second: number, depth: Depth & { accepted: number }): void {
  const { deliveries, unsent, unchecked, accepted } = depth;
  console.log(
    `${second.toFixed(0)} s: ${deliveries} deliveries waiting, ${unsent} conversions not sent, ${unchecked} not checked, ${accepted} accepted`,
  );
}

async function placed({ standIns, folder }: Pipeline, name: string, orders: number) {
  const file = path.join(folder, `${name}.ndjson`);
  const order = { kind: "place", orders, overSeconds: MINUTE_S, file };
  const { coded } = await standIns.ask<{ coded: number }>(order);
  return { file, coded };
}

async function creditedAt(standIns: Helper): Promise<number> {
  const { credited } = await standIns.ask<{ credited: number }>({ kind: "credited" });
  return credited;
}
