import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { freePort } from "#app/adapters/postgres/free-port.ts";
import { startEmbeddedServer } from "#app/adapters/postgres/embedded-server.ts";
import { startDemoWorld, type DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { setUpShop } from "#test/sandbox/demo/set-up-shop.ts";
import type { Rules } from "#test/sandbox/impact/rules.ts";
import { planLimits } from "#test/sandbox/shopify/admin/plan-limits.ts";
import { processEnv } from "./process-env.ts";
import { judgeCodes, type CodeVerdict } from "./judge-codes.ts";
import { passTime } from "./pass-time.ts";
import { seededRandom } from "./seeded-random.ts";
import { drawAll, startEveryWay, uploadToChange } from "./start-code-batches.ts";
import { keepRunning, type Supervised } from "./supervisor.ts";
import { untilUp } from "./until-up.ts";

export interface CodeChaosOptions {
  codes: number;
  seed: number;
  kills: number;
  /** Not one batch: a half is drawn, the rest uploaded or of families, and other codes change meanwhile. */
  everyWay: boolean;
  tell: (line: string) => void;
}

interface Kills {
  kills: number;
  /** Kills in the midst of a job that makes, registers or changes codes. */
  at_work: number;
  /** Of those, in the midst of one that makes codes in Shopify. */
  while_making: number;
}

export interface CodeChaosResult extends CodeVerdict, Kills {
  /** Made while the worker was killed. */
  codes: number;
}

/** impact.com's own limit, in hours of five seconds. */
const IMPACT_RULES: Partial<Rules> = {
  againWhileItStands: "allowed",
  requestsPerHour: 1_000,
  limitWindowMs: 5_000,
};
/** Codes of one shop are registered one after the other: so many a second, in hours that short. */
const IMPACT_LATENCY_MS = 5;
const LOOK_EVERY_MS = 1_000;
const PATIENCE_MS = 40 * 60_000;
/** Made and registered: each code is two things to do. */
const THINGS_OF_A_CODE = 2;
/** When its time has come the worker is killed a moment after at most so many calls more: the first time at its start. */
const MOST_CALLS = 20;
const CALLS_AT_START = 4;
const COUNT_EVERY_MS = 20;
const LONGEST_MOMENT_MS = 300;
/**
 * A quarter of what Standard gives: of 20,000 codes a part is always being made or read. With much less
 * the app is refused its turn again and again, and its waits come between the kills.
 */
const SLOW_PLAN = { maximumAvailable: 400, restoreRate: 25 };
/** Over 250 codes. */
const SHOPIFYS_RUN_MS = 2_000;

/**
 * Makes that many codes and kills the worker hard at random moments of all the time that they are made
 * and registered; then leaves it in peace until the app says that all is done, and compares what each side holds.
 */
export async function runCodeChaos(options: CodeChaosOptions): Promise<CodeChaosResult> {
  const { codes, tell } = options;
  const folder = await mkdtemp(path.join(tmpdir(), "partner-codes-code-chaos-"));
  await chmod(folder, 0o755);
  const server = await startEmbeddedServer(folder);
  const port = await freePort();
  const appUrl = () => `http://127.0.0.1:${port}`;
  const world = await startDemoWorld({ appUrl, impactLatencyMs: IMPACT_LATENCY_MS });
  // Nothing but the app keeps a registration from being made twice, and the hour's limit is met.
  Object.assign(world.impactState.rules, IMPACT_RULES);
  const env = processEnv(world, { databaseUrl: server.connectionString, port });
  const web = keepRunning(["--web-only"], env);
  const worker = keepRunning(["--worker-only"], env);
  const client = new pg.Client({ connectionString: server.connectionString });
  try {
    await untilUp(`http://127.0.0.1:${port}`);
    await client.connect();
    const start = await setUp(world, client, options);
    slowDown(world);
    tell(`making ${codes} codes; seed ${options.seed}`);
    const killed = await killWhile(worker, world, client, { ...options, start });
    tell(
      `${killed.kills} kills, ${killed.at_work} of them at work; now the worker is left in peace`,
    );
    await settle(client, tell);
    const verdict = await judgeCodes(world, client);
    return { codes: verdict.codes, ...killed, ...verdict.found };
  } finally {
    await client.end();
    await Promise.all([web.stop(), worker.stop()]);
    await world.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A discount with a code; gives what has the others made. */
async function setUp(
  world: DemoWorld,
  client: pg.Client,
  { codes, everyWay, tell }: CodeChaosOptions,
): Promise<() => Promise<void>> {
  const first: [string, string][] = [["10001", "FIRST15"]];
  const discount = { title: "Creators", percentage: "15", codes: first };
  const { merchant } = await setUpShop(world, world.shop, discount, () => undefined);
  const { rows } = await client.query<{ id: string }>(`SELECT "id" FROM "Discount"`);
  const discountId = rows[0]?.id ?? "";
  if (!everyWay) return () => drawAll(merchant, discountId, codes);
  await uploadToChange(merchant, discountId, codes);
  await settle(client, tell);
  return () => startEveryWay(merchant, discountId, codes);
}

/** All that is asked of Shopify lasts longer, so that kills come in between. */
function slowDown({ shop, shopify }: DemoWorld): void {
  planLimits.standard = SLOW_PLAN;
  shop.plan = "standard";
  shopify.settings.jobs.durationMs = SHOPIFYS_RUN_MS;
}

async function killWhile(
  worker: Supervised,
  { shopify, impact }: DemoWorld,
  client: pg.Client,
  { codes, kills, seed, tell, start }: CodeChaosOptions & { start: () => Promise<void> },
): Promise<Kills> {
  const random = seededRandom(seed);
  const asked = () => shopify.calls.length + impact.requests.length;
  const before = await doneOf(client);
  const later = Array.from({ length: kills - 1 }, () => random.next() * codes * THINGS_OF_A_CODE);
  const times = [0, ...later.sort((one, other) => one - other)];
  const work = begin(start, client);
  const done: Kills = { kills: 0, at_work: 0, while_making: 0 };
  while (done.at_work < kills) {
    const time = before + (times[done.at_work] ?? 0);
    await work.until(async () => (await doneOf(client)) >= time);
    const wanted = asked() + random.between(1, time === before ? CALLS_AT_START : MOST_CALLS);
    await work.until(() => asked() >= wanted);
    await pause(random.between(0, LONGEST_MOMENT_MS));
    const [left, jobs] = [await leftOf(client), await jobsOfCodes(client)];
    if (await work.isOver()) break;
    if (!worker.kill()) continue;
    done.kills += 1;
    if (jobs.length > 0) done.at_work += 1;
    if (jobs.includes("make-codes")) done.while_making += 1;
    const midst = jobs.join(" and ") || "nothing";
    tell(`${done.kills} kills, ${left} things left to do, in the midst of ${midst}`);
    // After the last one the app gets over it by itself, however long that takes.
    if (done.at_work < kills) await passTime(client);
  }
  await work.started;
  return done;
}

/** Begins the work, and waits for something to become so while there is any. */
function begin(start: () => Promise<void>, client: pg.Client) {
  let isStarted = false;
  const started = start().then(() => (isStarted = true));
  const isOver = async () => isStarted && (await leftOf(client)) === 0;
  return {
    started,
    isOver,
    until: async (isSo: () => boolean | Promise<boolean>) => {
      while (!(await isSo()) && !(await isOver())) await pause(COUNT_EVERY_MS);
    },
  };
}

/** Kinds of jobs that the worker is running at this moment. */
async function jobsOfCodes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT DISTINCT "name" FROM pgboss.job WHERE "state" = 'active' AND "name" = ANY($1)`,
    [["make-codes", "change-codes", "register-code", "register-codes", "register-families"]],
  );
  return rows.map(({ name }) => name);
}

/** Codes that have been made, and that have been registered, whatever became of them since. */
async function doneOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ done: number }>(
    `SELECT (count(*) FILTER (WHERE "shopifyState" <> 'planned')
       + count(*) FILTER (WHERE "impactState" <> 'planned'))::int AS "done" FROM "Code"`,
  );
  return rows[0]?.done ?? 0;
}

/** Batches and changes that have not ended, and codes that are not live and registered. */
async function leftOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ left: number }>(
    `SELECT ((SELECT count(*) FROM "Batch" WHERE "state" IN ('running', 'cancelling'))
       + (SELECT count(*) FROM "Change" WHERE "state" = 'open')
       + (SELECT count(*) FROM "Code" WHERE "shopifyState" = 'planned'
            OR ("shopifyState" = 'live' AND "impactState" <> 'registered')))::int AS "left"`,
  );
  return rows[0]?.left ?? 0;
}

async function settle(client: pg.Client, tell: CodeChaosOptions["tell"]): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (let looks = 0; Date.now() < end; looks += 1) {
    const left = await leftOf(client);
    if (left === 0) return;
    if (looks % 15 === 0) tell(`${left} things left to do`);
    await pause(LOOK_EVERY_MS);
  }
}
