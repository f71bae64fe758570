import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import express from "express";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

interface Background {
  startWorker(): Promise<void>;
  /** /healthz, /readyz and /metrics; false for any other address. */
  answerOperator(request: IncomingMessage, response: ServerResponse): boolean;
  /** False for anything but a webhook. */
  answerWebhook(request: IncomingMessage, response: ServerResponse): boolean;
  countRequest(request: IncomingMessage, response: ServerResponse): void;
  /** Lets what runs end, then closes the database. */
  drain(server: Server | null): Promise<void>;
  env: { PORT: number; HOST: string; WORKER_PORT?: number | undefined };
  log: { info(fields: object, message: string): void };
}

interface WithBackground {
  background: Background;
}

/** Runs the built app: web and worker in one process, or one of them alone. */
async function main(): Promise<void> {
  const isWorkerOnly = process.argv.includes("--worker-only");
  const isWebOnly = process.argv.includes("--web-only");
  if (isWorkerOnly) return work(await load<WithBackground>("./build/worker/background.server.js"));
  const build = await load<ServerBuild>("./build/server/index.js");
  const { background } = build.entry.module as unknown as WithBackground;
  stopOnSignal(await listen(build, background), background);
  if (!isWebOnly) await background.startWorker();
}

async function work({ background }: WithBackground): Promise<void> {
  stopOnSignal(await listenForOperator(background), background);
  await background.startWorker();
  collectGarbageEarly();
}

/**
 * V8 would let garbage that lives long grow by a hundred megabytes before it looked for any. Here it
 * looks once at the start, and then whenever a half has been added to what was in use.
 */
function collectGarbageEarly(): void {
  setFlagsFromString("--heap-growing-percent=50");
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

/** A build connects to its database as it loads; what goes wrong there is told in a sentence. */
async function load<Build>(file: string): Promise<Build> {
  return (await import(new URL(file, import.meta.url).href)) as Build;
}

function listen(build: ServerBuild, background: Background): Promise<Server> {
  const { env, answerOperator, answerWebhook, countRequest } = background;
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", true);
  app.use((request, response, next) => {
    if (!answerOperator(request, response)) next();
  });
  app.use("/assets", express.static("build/client/assets", { immutable: true, maxAge: "1y" }));
  app.use(express.static("build/client", { maxAge: "1h" }));
  app.all("*", createRequestHandler({ build, mode: "production" }));
  const server = createServer().on("request", countRequest);
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    if (!answerWebhook(request, response)) app(request, response);
  });
  return listenOn(server, env.PORT, background, "Partner Codes is listening");
}

/** A process that only works answers its probes and its metrics where WORKER_PORT says, or nowhere. */
async function listenForOperator(background: Background): Promise<Server | null> {
  const { env, answerOperator } = background;
  if (env.WORKER_PORT === undefined) return null;
  const server = createServer((request, response) => {
    if (!answerOperator(request, response)) response.writeHead(404).end();
  });
  return listenOn(server, env.WORKER_PORT, background, "The worker's probes are listening");
}

function listenOn(
  server: Server,
  port: number,
  { env, log }: Pick<Background, "env" | "log">,
  message: string,
): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, env.HOST, () => {
      log.info({ port: (server.address() as AddressInfo).port }, message);
      // To whoever started this process and waits for it, as process managers do (PM2's wait_ready).
      process.send?.("ready");
      resolve(server);
    });
  });
}

/** The first signal drains; another one, a second later or more, ends it at once. */
function stopOnSignal(server: Server | null, background: Background): void {
  let stoppingSince: number | null = null;
  const stop = async () => {
    // npm passes a Ctrl+C on that the terminal has sent here already.
    if (stoppingSince !== null && performance.now() - stoppingSince < 1_000) return;
    if (stoppingSince !== null) process.exit(1);
    stoppingSince = performance.now();
    await background.drain(server);
    process.exit(0);
  };
  process.on("SIGTERM", () => void stop());
  process.on("SIGINT", () => void stop());
}

/** Sentences meant for the operator; anything else is a bug and shows its stack. */
const TOLD_IN_A_SENTENCE = ["EnvError", "DatabaseStartError"];

main().catch((error: Error & { code?: string }) => {
  if (error.code === "EADDRINUSE") {
    console.error(`${error.message}. Stop what listens there, or set PORT to a free one.`);
  } else {
    const isKnown = TOLD_IN_A_SENTENCE.includes(error.constructor.name);
    console.error(isKnown ? error.message : error);
  }
  process.exit(1);
});
