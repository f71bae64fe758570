import type { Server } from "node:http";
import { closeDatabase } from "./db.server.ts";
import { env } from "./env.server.ts";
import { processState } from "./process-state.server.ts";
import { stopWorker } from "./worker.server.ts";

/** Somebody who asked /readyz as lately as this decides by it whether to send requests here. */
const PROBED_LATELY_MS = 60_000;

/**
 * Hands over to other processes: /readyz says 503, no new job is taken, running jobs and requests
 * end, and what has not ended within DRAIN_SECONDS goes back to the queue.
 */
export async function drain(server: Server | null): Promise<void> {
  processState.isDraining = true;
  const ended = Promise.all([stopWorker(), server && closeServer(server, lingerMs())]);
  await Promise.race([ended, pause(env.DRAIN_SECONDS * 1_000)]);
  server?.closeAllConnections();
  await closeDatabase();
}

/** A load balancer needs a probe or two to learn of it; until then requests still come. */
function lingerMs(): number {
  const { lastProbeAt } = processState;
  const isProbed = lastProbeAt !== null && Date.now() - lastProbeAt < PROBED_LATELY_MS;
  return isProbed ? env.DRAIN_SECONDS * 200 : 0;
}

async function closeServer(server: Server, lingerFor: number): Promise<void> {
  server.prependListener("request", (_request, response: { shouldKeepAlive: boolean }) => {
    response.shouldKeepAlive = false;
  });
  await pause(lingerFor);
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearInterval(idle);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
