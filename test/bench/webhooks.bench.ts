import { availableParallelism } from "node:os";
import path from "node:path";
import { Pool } from "pg";
import { migrate } from "#app/adapters/postgres/migrate.ts";
import { freePort } from "#app/adapters/postgres/free-port.ts";
import { startApp, type AppSettings } from "#test/sandbox/demo/start-app.ts";
import type { LoadOrder, LoadResult } from "./webhooks/load.ts";
import { untilDrained } from "./webhooks/pipeline.ts";
import { startBare, startHelper, startTemplate, type Helper } from "./webhooks/processes.ts";
import { sustain } from "./webhooks/sustain.ts";
import { onOwnServer, type AtEnd } from "./on-own-server.ts";

const CONNECTIONS = 64;
const ROUNDS = 5;
const ROUND_S = 4;
const PAYLOADS = 1_000;
/** One core is left to all that is not a worker. */
const WORKERS = Math.max(1, availableParallelism() - 1);

export function limits(figures: Record<string, number>): [string, boolean][] {
  const { vs_bare = 0, vs_template = 0, ingest_per_s = Infinity, end_to_end_per_s = 0 } = figures;
  return [
    ["vs_bare at least 1", vs_bare >= 1],
    ["vs_template at least 3", vs_template >= 3],
    ["end to end at least half of ingest", end_to_end_per_s >= ingest_per_s / 2],
  ];
}

/**
 * Acknowledged deliveries a second of our app, a bare Node server and Shopify's template, in turns
 * on one PostgreSQL; then a minute from the webhook to impact.com's acceptance.
 */
export async function bench(): Promise<Record<string, number>> {
  return onOwnServer("webhooks", (connectionString, atEnd, folder) =>
    measure(folder, connectionString, atEnd),
  );
}

async function measure(
  folder: string,
  connectionString: string,
  atEnd: AtEnd,
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
  await standIns.ask({ kind: "place", orders: PAYLOADS, overSeconds: 0, file });
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
  for (let started = 0; started < WORKERS; started += 1) {
    const worker = await startWorker();
    atEnd(() => worker.stop());
  }
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
      const result = await load.ask<LoadResult>({ ...order, rate: 0 });
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
