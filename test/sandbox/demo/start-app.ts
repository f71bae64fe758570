import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

export interface RunningApp {
  url: string;
  child: ChildProcess;
  /** Ends it as a deploy would; `kill` ends it as a crash would. */
  stop(): Promise<void>;
  kill(): Promise<void>;
}

export interface AppSettings {
  port: number;
  shopifyUrl: string;
  impactUrl: string;
  env: Record<string, string>;
  /** `--web-only` or `--worker-only`, which then answers its probes at the port. */
  args?: string[];
  /** Gets what the process writes, which is otherwise shown. */
  onOutput?: (text: string) => void;
}

/**
 * Starts the built app as its own process. The preload sends the Shopify library's requests to the
 * stand-in; the app itself is what a merchant would run.
 */
export async function startApp(settings: AppSettings): Promise<RunningApp> {
  const child = spawn(
    process.execPath,
    ["--import", "./test/sandbox/shopify/redirect.ts", "server.ts", ...(settings.args ?? [])],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        PORT: `${settings.port}`,
        WORKER_PORT: `${settings.port}`,
        HOST: "127.0.0.1",
        SANDBOX_SHOPIFY_URL: settings.shopifyUrl,
        IMPACT_API_URL: settings.impactUrl,
        LOG_LEVEL: "warn",
        NODE_ENV: "production",
        ...settings.env,
      },
      stdio: ["ignore", settings.onOutput ? "pipe" : "inherit", "inherit", "ipc"],
    },
  );
  child.stdout?.setEncoding("utf8").on("data", (text: string) => settings.onOutput?.(text));
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, "exit");
  };
  await untilReady(child);
  const url = `http://127.0.0.1:${settings.port}`;
  return { url, child, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
}

/** It says so itself: an answer at its port may come from whoever was faster to listen there. */
async function untilReady(child: ChildProcess): Promise<void> {
  const gone = new AbortController();
  child.once("exit", () => gone.abort());
  await once(child, "message", { signal: gone.signal }).catch(() => {
    throw new Error("The app did not start; see its message above.");
  });
  // Only what it holds of its own may keep it, or whoever started it, alive.
  child.disconnect();
}
