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
      stdio: ["ignore", settings.onOutput ? "pipe" : "inherit", "inherit"],
    },
  );
  child.stdout?.setEncoding("utf8").on("data", (text: string) => settings.onOutput?.(text));
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, "exit");
  };
  const url = `http://127.0.0.1:${settings.port}`;
  await untilItAnswers(url, child);
  return { url, child, stop: () => end("SIGTERM"), kill: () => end("SIGKILL") };
}

async function untilItAnswers(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error("The app did not start; see its message above.");
    const answered = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
