import { expect, test } from "vitest";
import { runChaos } from "./run-chaos.ts";

const ORDERS = 150;
const KILLS = 8;
const NOTHING = { lost: 0, doubled: 0, wrong_amount: 0, unaccounted: 0 };

test.concurrent.for([1, 2, 3])(
  "nothing is lost, doubled, wrong or unaccounted for, whatever is killed: seed %i",
  { timeout: 15 * 60_000 },
  async (seed) => {
    const told: string[] = [];
    const result = await runChaos({
      orders: ORDERS,
      seed,
      kills: KILLS,
      tell: (line) => told.push(line),
    });
    expect(result, told.join("\n")).toMatchObject({ orders: ORDERS, ...NOTHING });
    expect(result.kills).toBeGreaterThanOrEqual(KILLS);
  },
);
