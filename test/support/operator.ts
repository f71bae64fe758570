import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { loadApp } from "./app.ts";
import type { World } from "./world.ts";

export const METRICS_TOKEN = "a-token-of-the-operators-own";

/** The operator's pages of the real app over a socket; `without` leaves the token unset. */
export async function serveOperator(world: World, { metricsToken = METRICS_TOKEN } = {}) {
  process.env["METRICS_TOKEN"] = metricsToken;
  await loadApp(world);
  const { answerOperator } = await import("#app/operator-pages.server.ts");
  const { processState } = await import("#app/process-state.server.ts");
  const metrics = await import("#app/metrics.server.ts");
  const server = createServer((request, response) => {
    if (!answerOperator(request, response)) response.writeHead(404).end("not the operator's");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    processState.isDraining = false;
    processState.hasQueue = true;
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}${path}`, { headers });
    return { status: response.status, body: await response.text() };
  };
  return { get, processState, metrics };
}
