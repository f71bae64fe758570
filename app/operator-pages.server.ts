import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "./env.server.ts";
import { whyNotReady } from "./health.server.ts";
import { registry, renderMetrics } from "./metrics.server.ts";

/**
 * The operator's three pages, answered before Remix and without a session: /healthz, /readyz and
 * /metrics. False, and nothing answered, for any other address.
 */
export function answerOperator(request: IncomingMessage, response: ServerResponse): boolean {
  const [path] = (request.url ?? "").split("?");
  const page = path === undefined ? undefined : PAGES.get(path);
  if (!page || (request.method !== "GET" && request.method !== "HEAD")) return false;
  response.setHeader("cache-control", "no-store");
  page(request).then(
    ({ status, type = "text/plain; charset=utf-8", body }) => {
      response.writeHead(status, { "content-type": type }).end(`${body}\n`);
    },
    () => response.writeHead(500).end(),
  );
  return true;
}

interface Page {
  status: number;
  type?: string;
  body: string;
}

const PAGES = new Map<string, (request: IncomingMessage) => Promise<Page>>([
  ["/healthz", async () => ({ status: 200, body: "ok" })],
  ["/readyz", readyPage],
  ["/metrics", metricsPage],
]);

async function readyPage(): Promise<Page> {
  const reason = await whyNotReady();
  return reason === null ? { status: 200, body: "ready" } : { status: 503, body: reason };
}

/** All shops' figures: for the operator alone, so without its token there is no such page. */
async function metricsPage({ headers }: IncomingMessage): Promise<Page> {
  if (!env.METRICS_TOKEN) return { status: 404, body: "Not found" };
  if (!isSame(headers.authorization ?? "", `Bearer ${env.METRICS_TOKEN}`)) {
    return { status: 401, body: "Send METRICS_TOKEN as a bearer token." };
  }
  return { status: 200, type: registry.contentType, body: await renderMetrics() };
}

function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
