import { runInteractive } from "./run-interactive.ts";
import { runOnce } from "./run-once.ts";

if (process.argv.includes("--once")) {
  process.exitCode = (await runOnce()) ? 0 : 1;
} else {
  await runInteractive();
}
