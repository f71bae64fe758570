import { parseArgs } from "node:util";
import { runChaos } from "./run-chaos.ts";

const { values } = parseArgs({
  options: {
    orders: { type: "string", default: "5000" },
    seed: { type: "string", default: "1" },
    kills: { type: "string", default: "50" },
  },
});

const result = await runChaos({
  orders: Number(values.orders),
  seed: Number(values.seed),
  kills: Number(values.kills),
  tell: (line) => console.log(line),
});
console.log(JSON.stringify(result));
const { lost, doubled, wrong_amount, unaccounted } = result;
process.exit(lost + doubled + wrong_amount + unaccounted === 0 ? 0 : 1);
