import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const RESTART_MS = 200;

/** A process that is started again whenever it ends, as a platform would. */
export interface Supervised {
  /** Kills it hard; false where it was not running at that moment. */
  kill(): boolean;
  stop(): Promise<void>;
}

/** Runs the built app with these arguments, restarted at every end until `stop`. */
export function keepRunning(args: string[], env: Record<string, string>): Supervised {
  let child: ChildProcess | null = null;
  let isStopping = false;

  const run = async () => {
    while (!isStopping) {
      child = spawn(
        process.execPath,
        ["--import", "./test/sandbox/shopify/redirect.ts", "server.ts", ...args],
        { cwd: ROOT, env: { ...process.env, ...env }, stdio: "ignore" },
      );
      await once(child, "exit");
      child = null;
      if (!isStopping) await pause(RESTART_MS);
    }
  };
  const ended = run();

  return {
    kill: () => child?.kill("SIGKILL") ?? false,
    async stop() {
      isStopping = true;
      child?.kill("SIGTERM");
      await ended;
    },
  };
}
