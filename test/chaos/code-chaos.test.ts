import { expect, test } from "vitest";
import { runCodeChaos } from "./run-code-chaos.ts";

const CODES = 2_000;
const KILLS = 5;

test(
  "every code of a batch is made once and registered once, however often its worker is killed",
  { timeout: 15 * 60_000 },
  async () => {
    const told: string[] = [];
    const tell = (line: string) => told.push(line);
    const result = await runCodeChaos({ codes: CODES, seed: 1, kills: KILLS, tell });
    expect(result, told.join("\n")).toEqual({
      codes: CODES,
      kills: KILLS,
      at_work: result.at_work,
      missing: 0,
      surplus: 0,
      unregistered: 0,
      registered_twice: 0,
    });
    expect(result.at_work).toBeGreaterThan(1);
  },
);
