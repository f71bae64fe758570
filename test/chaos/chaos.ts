import { parseArgs } from "node:util";
import { neverHappened } from "./happened.ts";
import { runChaos } from "./run-chaos.ts";
import { runCodeChaos } from "./run-code-chaos.ts";

const { values } = parseArgs({
  options: {
    orders: { type: "string", default: "5000" },
    /** Kills the worker of one batch of so many codes instead. */
    codes: { type: "string" },
    /** Of several batches: drawn, uploaded and of families, while others are changed. */
    "every-way": { type: "boolean", default: false },
    seed: { type: "string", default: "1" },
    kills: { type: "string" },
  },
});

const seed = Number(values.seed);
const tell = (line: string) => console.log(line);
const isRight =
  values.codes === undefined ? await chaosOfOrders() : await chaosOfCodes(Number(values.codes));
process.exit(isRight ? 0 : 1);

async function chaosOfOrders(): Promise<boolean> {
  const kills = Number(values.kills ?? 50);
  const { result, happened } = await runChaos({ orders: Number(values.orders), seed, kills, tell });
  console.log(JSON.stringify(result));
  const { lost, doubled, wrong_amount, unaccounted } = result;
  return lost + doubled + wrong_amount + unaccounted === 0 && neverHappened(happened).length === 0;
}

async function chaosOfCodes(codes: number): Promise<boolean> {
  const kills = Number(values.kills ?? 25);
  const everyWay = values["every-way"];
  const result = await runCodeChaos({ codes, seed, kills, everyWay, tell });
  console.log(JSON.stringify(result));
  const { missing, surplus, unregistered, registered_twice, undone } = result;
  const wrong = missing + surplus + unregistered + registered_twice + undone;
  // Kills that hit nobody at work show nothing.
  return result.codes === codes && wrong === 0 && result.at_work >= kills;
}
