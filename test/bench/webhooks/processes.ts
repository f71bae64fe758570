import { fork, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, rm } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "#app/adapters/postgres/free-port.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const TEMPLATE = `${ROOT}build/bench-template`;

/** A process that answers one message at a time. */
export interface Helper {
  ask<Answer>(order: object): Promise<Answer>;
  firstWord: Promise<unknown>;
  end(): Promise<void>;
}

export function startHelper(file: string, env: Record<string, string> = {}): Helper {
  const script = fileURLToPath(new URL(file, import.meta.url));
  const child = fork(script, { env: { ...process.env, ...env }, stdio: "inherit" });
  const nextWord = async () => {
    const [said] = (await once(child, "message")) as [unknown];
    return said;
  };
  return {
    firstWord: nextWord(),
    async ask<Answer>(order: object) {
      const said = nextWord();
      child.send(order);
      return (await said) as Answer;
    },
    end: () => endProcess(child),
  };
}

export interface Target {
  url: string;
  end(): Promise<void>;
}

/** A bare Node server: see bare-server.ts. */
export function startBare(env: Record<string, string>): Promise<Target> {
  const script = fileURLToPath(new URL("bare-server.ts", import.meta.url));
  return startServer([script], ROOT, env);
}

/** Shopify's template, built from test/bench/template-app and run by remix-serve. */
export async function startTemplate(env: Record<string, string>): Promise<Target> {
  await rm(TEMPLATE, { recursive: true, force: true });
  await cp(`${ROOT}test/bench/template-app`, TEMPLATE, { recursive: true });
  const vite = [`${ROOT}node_modules/@remix-run/dev/dist/cli.js`, "vite:build"];
  const build = spawn(process.execPath, [...vite, "--logLevel", "error"], {
    cwd: TEMPLATE,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code] = (await once(build, "exit")) as [number | null];
  if (code !== 0) throw new Error("Shopify's template could not be built.");
  const serve = `${ROOT}node_modules/@remix-run/serve/dist/cli.js`;
  return startServer([serve, "./build/server/index.js"], TEMPLATE, env);
}

async function startServer(
  args: string[],
  cwd: string,
  env: Record<string, string>,
): Promise<Target> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, NODE_ENV: "production", HOST: "127.0.0.1", ...env, PORT: `${port}` },
    stdio: ["ignore", "ignore", "inherit"],
  });
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`${args[0]} did not start.`);
    await pause(100);
  }
  return { url: `${url}/webhooks`, end: () => endProcess(child) };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await Promise.race([once(child, "exit"), pause(3_000)]);
  child.kill("SIGKILL");
}
