import { setTimeout as pause } from "node:timers/promises";
import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import type { Happened } from "./happened.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** How often one of the two sides is about to misbehave, on average. */
const EVERY_MS = 700;

/**
 * Until told to stop: impact.com and Shopify fail, throttle, dawdle, and hang up after accepting;
 * each way once in a drawn order, before chance picks.
 */
export function mistreat(
  world: DemoWorld,
  random: SeededRandom,
  happened: Happened,
): () => Promise<void> {
  let isStopping = false;
  countFaultsMet(world, happened);
  const isWrite = ({ method }: { method: string }) => method !== "GET";
  const misdeeds = [
    () => world.impact.faults.failNext(random.between(1, 8), random.pick([500, 502, 503])),
    () => world.impact.faults.hangUpAfterAccepting(random.between(1, 3), isWrite),
    () => world.impact.faults.hangUpBeforeAccepting(random.between(1, 3)),
    () => world.impact.faults.rateLimitNext(1),
    () => world.impact.faults.slow(random.between(0, 300)),
    () => world.shopify.faults.failNext(random.between(1, 3), 503),
    () => world.shopify.faults.throttleNext(random.between(1, 4)),
    () => world.shopify.faults.hangUpNext(1),
    () => world.webhooks.failNext(random.between(1, 4)),
  ];
  const first = random.shuffle(misdeeds);
  const run = async () => {
    while (!isStopping) {
      (first.shift() ?? random.pick(misdeeds))();
      await pause(random.between(1, EVERY_MS * 2));
    }
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

const COUNTED = {
  fail: "impact.com 5xx",
  "rate limit": "impact.com 429",
  "hang up after accepting": "impact.com hung up after accepting",
} as const;

/** Counts what a request of the app's has met: a fault that is only armed shows nothing. */
function countFaultsMet({ impact: { faults } }: DemoWorld, happened: Happened): void {
  const take = faults.take;
  faults.take = (request) => {
    const fault = take(request);
    if (fault && fault.kind !== "hang up before accepting") happened[COUNTED[fault.kind]] += 1;
    return fault;
  };
}
