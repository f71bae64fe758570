import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import express from "express";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

interface Background {
  startWorker(): Promise<void>;
  closeDatabase(): Promise<void>;
  env: { PORT: number; HOST: string };
  log: { info(fields: object, message: string): void };
}

/** Runs the built app: web and worker in one process, or one of them alone. */
async function main(): Promise<void> {
  const isWorkerOnly = process.argv.includes("--worker-only");
  const isWebOnly = process.argv.includes("--web-only");
  const build = await loadBuild();
  const { background } = build.entry.module as unknown as { background: Background };
  if (!isWebOnly) await background.startWorker();
  const server = isWorkerOnly ? null : await listen(build, background);
  stopOnSignal(server, background);
}

/** The build connects to its database as it loads; what goes wrong there is told in a sentence. */
async function loadBuild(): Promise<ServerBuild> {
  const file = new URL("./build/server/index.js", import.meta.url);
  return (await import(file.href)) as ServerBuild;
}

function listen(build: ServerBuild, { env, log }: Background): Promise<Server> {
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", true);
  app.use("/assets", express.static("build/client/assets", { immutable: true, maxAge: "1y" }));
  app.use(express.static("build/client", { maxAge: "1h" }));
  app.all("*", createRequestHandler({ build, mode: "production" }));
  return new Promise((resolve, reject) => {
    const server = app.listen(env.PORT, env.HOST);
    server.once("error", reject);
    server.once("listening", () => {
      log.info({ port: (server.address() as AddressInfo).port }, "Partner Codes is listening");
      resolve(server);
    });
  });
}

/** Takes no new requests, lets running ones and running jobs end, then closes the database. */
function stopOnSignal(server: Server | null, background: Background): void {
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    await background.closeDatabase();
    process.exit(0);
  };
  process.once("SIGTERM", () => void stop());
  process.once("SIGINT", () => void stop());
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
