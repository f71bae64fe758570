import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Pool } from "pg";
import { startEmbeddedServer } from "#app/adapters/postgres/embedded-server.ts";
import { migrate } from "#app/adapters/postgres/migrate.ts";
import { freePort } from "#app/adapters/postgres/free-port.ts";
import { startApp, type AppSettings } from "#test/sandbox/demo/start-app.ts";
import type { LoadOrder, LoadResult } from "./webhooks/load.ts";
import { depthOf, untilDrained, watch } from "./webhooks/pipeline.ts";
import { startBare, startHelper, startTemplate, type Helper } from "./webhooks/processes.ts";

const CONNECTIONS = 64;
const ROUNDS = 5;
const ROUND_S = 4;
const SUSTAINED_S = 60;
const PAYLOADS = 1_000;
/** A first look at what the pipeline can do, which sets the rate of the minute. */
const TRIAL_ORDERS = 2_000;
const OF_TRIAL = 0.9;

/**
 * Acknowledged deliveries a second of our app, a bare Node server and Shopify's template, in turns
 * on one PostgreSQL; then a minute from the webhook to impact.com's acceptance.
 */
export async function bench(): Promise<Record<string, number>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "bench-webhooks-"));
  // PostgreSQL may run as another user.
  await chmod(folder, 0o755);
  const server = await startEmbeddedServer(folder);
  const ends: (() => Promise<unknown>)[] = [() => server.stop()];
  try {
    return await measure(folder, server.connectionString, (end) => ends.push(end));
  } finally {
    for (const end of ends.reverse()) await end();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(
  folder: string,
  connectionString: string,
  atEnd: (end: () => Promise<unknown>) => void,
): Promise<Record<string, number>> {
  const [ours, bareUrl, templateUrl] = await makeDatabases(connectionString);
  const pool = new Pool({ connectionString: ours, max: 2 });
  atEnd(() => pool.end());
  const port = await freePort();
  const standIns = startHelper("stand-ins.ts", { BENCH_APP_URL: `http://127.0.0.1:${port}` });
  atEnd(() => standIns.end());
  const given = (await standIns.firstWord) as Omit<AppSettings, "port">;
  const env: Record<string, string> = { ...given.env, DATABASE_URL: ours };
  const web = await startApp({ ...given, env, port, args: ["--web-only"] });
  atEnd(() => web.stop());
  const startWorker = async () =>
    startApp({ ...given, env, port: await freePort(), args: ["--worker-only"] });
  const first = await startWorker();
  await standIns.ask({ kind: "set-up" });
  await untilDrained(pool);
  await first.stop();

  const load = startHelper("load.ts");
  atEnd(() => load.end());
  const file = path.join(folder, "payloads.ndjson");
  await standIns.ask({ kind: "place", orders: PAYLOADS, file });
  const common = { file, secret: env["SHOPIFY_API_SECRET"] ?? "", connections: CONNECTIONS };
  const bare = await startBare({ ...env, DATABASE_URL: bareUrl });
  atEnd(() => bare.end());
  const template = await startTemplate({ ...env, DATABASE_URL: templateUrl });
  atEnd(() => template.end());
  const urls = { ours: `${web.url}/webhooks`, bare: bare.url, template: template.url };
  const rounds = await inTurns(load, common, urls);
  await Promise.all([bare.end(), template.end()]);

  // What the rounds have left is nothing the minute should carry.
  await pool.query(`TRUNCATE "Delivery"`);
  await pool.query(`DELETE FROM pgboss.job WHERE name = 'process-delivery'`);
  const worker = await startWorker();
  atEnd(() => worker.stop());
  const endToEnd = await sustain({ load, standIns, pool, folder, common, url: urls.ours });
  return { ...summary(rounds), end_to_end_per_s: endToEnd };
}

async function makeDatabases(connectionString: string): Promise<[string, string, string]> {
  const admin = new Pool({ connectionString, max: 1 });
  const make = async (name: string) => {
    await admin.query(`CREATE DATABASE ${name}`);
    const url = new URL(connectionString);
    url.pathname = `/${name}`;
    return url.href;
  };
  const urls: [string, string, string] = [
    await make("bench_ours"),
    await make("bench_bare"),
    await make("bench_template"),
  ];
  await admin.end();
  await migrate(urls[2]);
  return urls;
}

type Name = "ours" | "bare" | "template";
type Rounds = Record<Name, LoadResult[]>;

async function inTurns(
  load: Helper,
  common: Pick<LoadOrder, "file" | "secret" | "connections">,
  urls: Record<Name, string>,
): Promise<Rounds> {
  const rounds: Rounds = { ours: [], bare: [], template: [] };
  const names: Name[] = ["ours", "bare", "template"];
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const order = { ...common, url: urls[name], seconds: ROUND_S, renumber: true };
      const result = await load.ask<LoadResult>({ ...order, rate: 0, from: 0 });
      if (result.refused > 0) throw new Error(`${name} refused ${result.refused} deliveries.`);
      // The first round only warms everybody up.
      if (round < 0) continue;
      rounds[name].push(result);
      console.log(
        `round ${round + 1}, ${name}: ${perSecond(result)}/s, p99 ${result.p99Ms.toFixed(1)} ms`,
      );
    }
  }
  return rounds;
}

function perSecond({ acknowledged, seconds }: LoadResult): number {
  return Math.round(acknowledged / seconds);
}

function summary({ ours, bare, template }: Rounds): Record<string, number> {
  const ratios = (others: LoadResult[]) =>
    median(ours.map((one, round) => perSecond(one) / perSecond(others[round] ?? one)));
  return {
    ingest_per_s: median(ours.map(perSecond)),
    bare_per_s: median(bare.map(perSecond)),
    template_per_s: median(template.map(perSecond)),
    vs_bare: twoDigits(ratios(bare)),
    vs_template: twoDigits(ratios(template)),
    ack_p99_ms: twoDigits(median(ours.map(({ p99Ms }) => p99Ms))),
  };
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const twoDigits = (value: number) => Math.round(value * 100) / 100;

interface Minute {
  load: Helper;
  standIns: Helper;
  pool: Pool;
  folder: string;
  common: Pick<LoadOrder, "file" | "secret" | "connections">;
  url: string;
}

/** Conversions accepted a second, over a minute at the rate that the pipeline keeps up with. */
async function sustain(minute: Minute): Promise<number> {
  const rate = Math.floor((await trial(minute)) * OF_TRIAL);
  const { load, standIns, pool, folder, common, url } = minute;
  const file = path.join(folder, "minute.ndjson");
  await standIns.ask({ kind: "place", orders: rate * SUSTAINED_S, file });
  const before = await depthOf(pool);
  console.log(`a minute at ${rate} deliveries a second`);
  const order = { ...common, file, url, seconds: SUSTAINED_S, rate, renumber: false, from: 0 };
  const { result, depths } = await watch(pool, load.ask<LoadResult>(order));
  for (const { second, depth } of depths.filter((_, index) => index % 10 === 0)) {
    const { queued, deliveries, accepted } = depth;
    console.log(
      `${second.toFixed(0)} s: ${queued} jobs due, ${deliveries} deliveries waiting, ${accepted - before.accepted} accepted`,
    );
  }
  const after = await depthOf(pool);
  const accepted = (after.accepted - before.accepted) / result.seconds;
  const drained = await untilDrained(pool);
  const { conversions, violations } = await standIns.ask<Record<string, number>>({ kind: "count" });
  console.log(
    `${result.acknowledged} acknowledged in ${result.seconds.toFixed(1)} s, ${after.queued} jobs due at the end, drained ${drained.toFixed(1)} s later; impact.com has ${conversions} conversions, ${violations} broken rules`,
  );
  return Math.round(accepted);
}

/** Deliveries a second from the first webhook to an empty queue. */
async function trial({ load, standIns, pool, folder, common, url }: Minute): Promise<number> {
  const file = path.join(folder, "trial.ndjson");
  await standIns.ask({ kind: "place", orders: TRIAL_ORDERS, file });
  const order = { ...common, file, url, seconds: 600, rate: 0, renumber: false, from: 0 };
  const start = performance.now();
  await load.ask<LoadResult>(order);
  await untilDrained(pool);
  const seconds = (performance.now() - start) / 1_000;
  console.log(`${TRIAL_ORDERS} orders from webhook to impact.com in ${seconds.toFixed(1)} s`);
  return TRIAL_ORDERS / seconds;
}
