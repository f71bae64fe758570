import type { IncomingMessage, ServerResponse } from "node:http";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { readOperatorFigures } from "./adapters/postgres/operator-figures.ts";
import { log, prisma } from "./db.server.ts";
import { registerGauges, setFigures } from "./operator-gauges.server.ts";

/** Counters are this process's own; the gauges come from the database and are the same in all. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });
registerGauges(registry);

const registers = [registry];

const deliveries = new Counter({
  name: "partner_codes_deliveries_total",
  help: "Webhook requests answered, by topic and HTTP status.",
  labelNames: ["topic", "status"] as const,
  registers,
});

const jobDurations = new Histogram({
  name: "partner_codes_job_seconds",
  help: "How long a batch of jobs ran, by job and whether it threw.",
  labelNames: ["job", "result"] as const,
  buckets: [0.01, 0.05, 0.25, 1, 5, 30, 120],
  registers,
});

const jobsEnded = new Counter({
  name: "partner_codes_jobs_total",
  help: "Jobs run, by job and whether they threw.",
  labelNames: ["job", "result"] as const,
  registers,
});

const throttled = new Counter({
  name: "partner_codes_throttled_total",
  help: "Calls held back by a rate limit, Shopify's or impact.com's.",
  labelNames: ["service"] as const,
  registers,
});

const failedCalls = new Counter({
  name: "partner_codes_failed_calls_total",
  help: "Calls to Shopify or impact.com that failed, by the kind of problem.",
  labelNames: ["service", "kind"] as const,
  registers,
});

const outcomes = new Counter({
  name: "partner_codes_outcomes_total",
  help: "What impact.com said of submissions, by its reason code.",
  labelNames: ["outcome", "reason"] as const,
  registers,
});

const scrapeFailures = new Gauge({
  name: "partner_codes_figures_missing",
  help: "1 when the database gave no figures for this scrape.",
  registers,
});

/** What anybody can send must not become a label of its own (shopify.app.toml names the topics). */
const TOPICS = new Set([
  ...["orders/create", "orders/updated", "orders/edited", "orders/cancelled", "orders/paid"],
  ...["orders/delete", "refunds/create", "app/uninstalled", "app/scopes_update", "shop/update"],
  ...["discounts/create", "discounts/update", "discounts/delete"],
  ...["discounts/redeemcode_added", "discounts/redeemcode_removed"],
  ...["customers/data_request", "customers/redact", "shop/redact"],
]);

/** Looks on as a request is answered; counts it where it was a webhook's. */
export function countRequest(request: IncomingMessage, response: ServerResponse): void {
  if (request.method !== "POST" || !request.url?.startsWith("/webhooks")) return;
  const said = request.headers["x-shopify-topic"];
  const topic = typeof said === "string" && TOPICS.has(said) ? said : "other";
  response.once("finish", () => deliveries.inc({ topic, status: response.statusCode }));
}

export function countJobs(job: string, seconds: number, jobs: number, isOk: boolean): void {
  const labels = { job, result: isOk ? "done" : "failed" };
  jobDurations.observe(labels, seconds);
  jobsEnded.inc(labels, jobs);
}

export type Service = "shopify" | "impact";

export function countThrottled(service: Service): void {
  throttled.inc({ service });
}

export function countFailedCall(service: Service, kind: string): void {
  failedCalls.inc({ service, kind });
  if (kind === "throttled" || kind === "rate-limited") countThrottled(service);
}

const REASON_CODE = /^[A-Z][A-Z0-9_]{2,49}$/;

/** `reasons` are impact.com's codes; a text of any other form counts as "other". */
export function countOutcome(
  outcome: "accepted" | "refused",
  reasons: string[],
  submissions = 1,
): void {
  const known = reasons.map((reason) => (REASON_CODE.test(reason) ? reason : "other"));
  for (const reason of known.length > 0 ? known : [""]) {
    outcomes.inc({ outcome, reason }, submissions);
  }
}

let scrape: Promise<string> | null = null;

/** Prometheus' text. Scrapes that come while one is under way share it. */
export function renderMetrics(): Promise<string> {
  scrape ??= collect().finally(() => {
    scrape = null;
  });
  return scrape;
}

async function collect(): Promise<string> {
  try {
    setFigures(await readOperatorFigures(prisma));
    scrapeFailures.set(0);
  } catch (error) {
    setFigures(null);
    scrapeFailures.set(1);
    log.warn({ error: String(error) }, "metrics without the database's figures");
  }
  return registry.metrics();
}
