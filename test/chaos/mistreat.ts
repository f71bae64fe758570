import { setTimeout as pause } from "node:timers/promises";
import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import type { Happened } from "./happened.ts";
import { failOften } from "./impact-faults.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** How often one of the two sides is about to misbehave, on average. */
const EVERY_MS = 700;
/** So many failures in a row are an outage to the app. */
const OUTAGE = 6;

/**
 * Until told to stop: impact.com and Shopify fail, throttle, dawdle, and hang up after accepting;
 * each way once in a drawn order, before chance picks. Once impact.com is down for a while.
 */
export function mistreat(
  world: DemoWorld,
  random: SeededRandom,
  happened: Happened,
  { isLong }: { isLong: boolean },
): () => Promise<void> {
  let isStopping = false;
  const failsNoMore = failOften(world, random, happened);
  const misdeeds = [
    () => world.impact.faults.slow(random.between(0, 300)),
    () => world.shopify.faults.failNext(random.between(1, 3), 503),
    () => world.shopify.faults.throttleNext(random.between(1, 4)),
    () => world.shopify.faults.hangUpNext(1),
    () => world.webhooks.failNext(random.between(1, 4)),
  ];
  const outage = () => world.impact.faults.failNext(OUTAGE, random.pick([500, 502, 503]));
  const first = random.shuffle(isLong ? [...misdeeds, outage] : misdeeds);
  const run = async () => {
    while (!isStopping) {
      (first.shift() ?? random.pick(misdeeds))();
      await pause(random.between(1, EVERY_MS * 2));
    }
    failsNoMore();
    world.impact.faults.clear();
    world.shopify.faults.failNext(0, 503);
    world.shopify.faults.throttleNext(0);
    world.shopify.faults.hangUpNext(0);
    world.webhooks.failNext(0);
  };
  const ended = run();
  return () => {
    isStopping = true;
    return ended;
  };
}
