import { expect, test } from "vitest";
import { neverHappened } from "./happened.ts";
import { runChaos } from "./run-chaos.ts";
import { runCodeChaos } from "./run-code-chaos.ts";

const ORDERS = 120;
const KILLS = 7;
const NOTHING = { lost: 0, doubled: 0, wrong_amount: 0, unaccounted: 0 };

test.concurrent.for([1, 2, 3])(
  "nothing is lost, doubled, wrong or unaccounted for, whatever is killed: seed %i",
  { timeout: 15 * 60_000 },
  async (seed) => {
    const told: string[] = [];
    const { result, happened } = await runChaos({
      orders: ORDERS,
      seed,
      kills: KILLS,
      tell: (line) => told.push(line),
    });
    expect(result, told.join("\n")).toMatchObject({ orders: ORDERS, ...NOTHING });
    expect(result.kills).toBeGreaterThanOrEqual(KILLS);
    expect(neverHappened(happened), told.join("\n")).toEqual([]);
  },
);

const CODES = 1_000;
const WORKER_KILLS = 5;
const EACH_ONCE = { missing: 0, surplus: 0, unregistered: 0, registered_twice: 0, undone: 0 };

test.concurrent(
  "every code of a batch is made once and registered once, however often its worker is killed",
  { timeout: 15 * 60_000 },
  async () => {
    const told: string[] = [];
    const result = await runCodeChaos({
      ...{ codes: CODES, seed: 27, kills: WORKER_KILLS, everyWay: false },
      tell: (line) => told.push(line),
    });
    expect(result, told.join("\n")).toMatchObject({ codes: CODES, ...EACH_ONCE });
    expect(result.at_work).toBe(WORKER_KILLS);
    expect(result.while_making).toBeGreaterThan(0);
  },
);
