import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "pg";
import { createCodeMaking } from "#app/adapters/code-making/code-making.ts";
import { createImpactBudget } from "#app/adapters/impact/impact-budget.ts";
import { createImpactClient, IMPACT_TIMEOUT_MS } from "#app/adapters/impact/impact-client.ts";
import { createImpact } from "#app/adapters/impact/impact.ts";
import { freePort } from "#app/adapters/postgres/free-port.ts";
import { createPool } from "#app/adapters/postgres/pool.ts";
import { createPrismaClient } from "#app/adapters/postgres/prisma-client.ts";
import { openBoss } from "#app/adapters/postgres/queue.ts";
import { rawSqlOver } from "#app/adapters/postgres/raw-sql.ts";
import { createSecretBox } from "#app/adapters/postgres/secret-box.ts";
import { createStore } from "#app/adapters/postgres/store.ts";
import { createSendHttp } from "#app/adapters/send-http.ts";
import { CODES_PER_CALL } from "#app/core/batches/batch.ts";
import { startDrawing } from "#app/core/batches/start-drawing.ts";
import type { PartnerId, ShopDomain } from "#app/core/ids.ts";
import { planLimits } from "#test/sandbox/shopify/admin/plan-limits.ts";
import { startApp, type AppSettings, type RunningApp } from "#test/sandbox/demo/start-app.ts";
import { makeOneByOne } from "./codes/peer.ts";
import { JOB_MS, LATENCY_MS } from "./codes/timing.ts";
import { startHelper, type Helper } from "./webhooks/processes.ts";
import { onOwnServer, type AtEnd } from "./on-own-server.ts";

const CODES = 100_000;
const PARTNERS = ["10001", "10002", "10003", "10004", "10005"] as PartnerId[];
const PEER_SECONDS = 10;
const PEER_AT_ONCE = [1, 4, 16];

/** Of two runs of the same work, as much as the one may differ from the other. */
const MEMORY_NOISE = 1.05;

export function limits(figures: Record<string, number>): [string, boolean][] {
  const { vs_floor = Infinity, vs_peer = 0, peak_rss_mb = Infinity } = figures;
  const { peak_rss_mb_of_200000: ofMore = Infinity } = figures;
  return [
    ["vs_floor at most 1.15", vs_floor <= 1.15],
    ["vs_peer at least 100", vs_peer >= 100],
    ["memory at most 300 MB", Math.max(peak_rss_mb, ofMore) <= 300],
    ["memory no higher for 200,000, to within 5%", ofMore <= peak_rss_mb * MEMORY_NOISE],
  ];
}

/**
 * Codes in bulk at the Standard plan's limits: one batch of 100,000 and one of 200,000, each from the
 * form to the last live code, beside the floor that Shopify sets and the peers' way of one call each.
 */
export async function bench(): Promise<Record<string, number>> {
  return onOwnServer("codes", measure);
}

async function measure(databaseUrl: string, atEnd: AtEnd): Promise<Record<string, number>> {
  const port = await freePort();
  const standIns = startHelper("../codes/stand-ins.ts", {
    BENCH_APP_URL: `http://127.0.0.1:${port}`,
  });
  atEnd(() => standIns.end());
  const given = (await standIns.firstWord) as Omit<AppSettings, "port"> & { shop: ShopDomain };
  const settings = { ...given, env: { ...given.env, DATABASE_URL: databaseUrl } };
  const whole = await startApp({ ...settings, port });
  const { token } = await standIns.ask<{ token: string }>({ kind: "set-up" });
  await whole.stop();

  const drafts = await openDrafts(databaseUrl, given.shop, atEnd);
  const worker = async () =>
    startApp({ ...settings, port: await freePort(), args: ["--worker-only"] });
  const first = await runBatch(drafts, standIns, worker, CODES);
  const second = await runBatch(drafts, standIns, worker, 2 * CODES);
  const peer = await bestPeer({ shopifyUrl: given.shopifyUrl, shop: given.shop, token });
  const codesPerS = CODES / first.seconds;
  return {
    codes: CODES,
    seconds: round(first.seconds),
    floor_seconds: round(first.floorSeconds),
    vs_floor: round(first.seconds / first.floorSeconds),
    peer_codes_per_s: round(peer),
    vs_peer: Math.round(codesPerS / peer),
    peak_rss_mb: first.peakMb,
    peak_rss_mb_of_200000: second.peakMb,
  };
}

interface Drafts {
  start(codes: number): Promise<string>;
  pool: Pool;
}

/** The form's own verb on the app's database; its work is left to the worker. */
async function openDrafts(databaseUrl: string, shop: ShopDomain, atEnd: AtEnd): Promise<Drafts> {
  const prisma = createPrismaClient(databaseUrl);
  const boss = await openBoss(databaseUrl, () => undefined);
  const pool = createPool(databaseUrl, () => undefined);
  atEnd(() => Promise.all([prisma.$disconnect(), boss.stop(), pool.end()]));
  const secrets = createSecretBox(Buffer.alloc(32));
  const clock = { now: () => new Date() };
  const ports = {
    store: createStore({ prisma, pool, boss, secrets }),
    clock,
    codeMaking: createCodeMaking(),
    // Codes that are registered one by one ask it nothing here.
    impact: createImpact(
      createImpactClient({
        baseUrl: "http://127.0.0.1:9",
        budget: createImpactBudget(rawSqlOver(pool), clock),
        send: createSendHttp({ timeoutMs: IMPACT_TIMEOUT_MS }),
        log: { warn: () => undefined },
      }),
    ),
  };
  const [discount] = await ports.store.discounts.list(shop);
  return {
    pool,
    async start(codes) {
      const answer = await startDrawing(ports, {
        ...{ shop, discountId: discount?.id ?? "", draftKey: randomUUID() },
        ...{ pattern: "{FIRST}-{RANDOM:8}", partnerIds: PARTNERS },
        codesEach: `${codes / PARTNERS.length}`,
      });
      if (!answer?.ok) throw new Error(`The batch was refused: ${JSON.stringify(answer)}`);
      return answer.batchId;
    },
  };
}

/**
 * What cannot be done without for each 250 codes, by Shopify's rules and not by the app's own calls: a
 * mutation, 10 points, and a look at one object, 1 (reference/shopify.md, section 2).
 */
const POINTS_FOR_EACH_CALL = 10 + 1;

/** Of calls of one kind since the batch began. */
interface Cost {
  calls: number;
  points: number;
}

async function runBatch(
  { start, pool }: Drafts,
  standIns: Helper,
  startWorker: () => Promise<RunningApp>,
  codes: number,
): Promise<{ seconds: number; floorSeconds: number; peakMb: number }> {
  const worker = await startWorker();
  // The bucket is full again.
  const { maximumAvailable, restoreRate } = planLimits.standard;
  await pause((maximumAvailable / restoreRate) * 1_000);
  const begun = performance.now();
  const batchId = await start(codes);
  await untilDone(pool, batchId);
  const seconds = (performance.now() - begun) / 1_000;
  const peakMb = await peakRssMb(worker.child.pid ?? 0);
  await worker.stop();
  const add = await standIns.ask<Cost>({ kind: "cost", operation: "AddCodes" });
  const read = await standIns.ask<Cost>({ kind: "cost", operation: "ReadCreation" });
  await mustBeWhole(pool, standIns, batchId, codes);
  // What the bucket holds at first comes for nothing; the rest as fast as the plan gives points back.
  const points = (codes / CODES_PER_CALL) * POINTS_FOR_EACH_CALL;
  const byPoints = Math.max(0, points - maximumAvailable) / restoreRate;
  // The last call, its job, and one look at it.
  const floorSeconds = byPoints + (JOB_MS + 2 * LATENCY_MS) / 1_000;
  console.log(
    `${codes} codes in ${seconds.toFixed(1)} s, floor ${floorSeconds.toFixed(1)} s, peak ${peakMb} MB; ${add.calls} additions of ${add.points} points, ${read.calls} looks of ${read.points}`,
  );
  return { seconds, floorSeconds, peakMb };
}

/** Each code is there once on both sides: live here with its partner, and at the stand-in. */
async function mustBeWhole(
  pool: Pool,
  standIns: Helper,
  batchId: string,
  codes: number,
): Promise<void> {
  const { rows } = await pool.query<{ live: number; texts: number; all: number }>(
    `SELECT count(*)::int AS "live", count(DISTINCT code."code")::int AS "texts",
       (SELECT count(*)::int FROM "Code" WHERE "shopifyState" = 'live') AS "all"
     FROM "Code" code JOIN "Assignment" a ON a."codeId" = code."id" AND a."endsAt" IS NULL
     WHERE code."batchId" = $1 AND code."shopifyState" = 'live' AND code."liveAt" IS NOT NULL`,
    [batchId],
  );
  const there = await standIns.ask<{ codes: number }>({ kind: "codes" });
  const [here] = rows;
  const isWhole = here?.live === codes && here.texts === codes;
  if (!isWhole || there.codes !== here.all) {
    const found = `${here?.live} live here, ${here?.texts} different, ${there.codes} in Shopify`;
    throw new Error(`${codes} codes were to be made, and ${found}.`);
  }
}

async function untilDone(pool: Pool, batchId: string): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ state: string; problem: string | null; live: number }>(
      `SELECT "state", "problem", (SELECT sum("live") FROM "BatchPart" WHERE "batchId" = b."id")::int AS "live"
       FROM "Batch" b WHERE "id" = $1`,
      [batchId],
    );
    const [batch] = rows;
    if (batch?.state === "done") return;
    if (batch?.state !== "running") throw new Error(`The batch ended: ${batch?.problem}`);
    await pause(250);
  }
}

async function peakRssMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024);
}

/** After the bucket is empty: what it holds at first would flatter a short run. */
async function bestPeer(target: Parameters<typeof makeOneByOne>[0]): Promise<number> {
  await makeOneByOne(target, { atOnce: 16, seconds: 20 });
  const rates = [];
  for (const atOnce of PEER_AT_ONCE) {
    const rate = await makeOneByOne(target, { atOnce, seconds: PEER_SECONDS });
    console.log(`the peers' way, ${atOnce} calls at once: ${rate.toFixed(1)} codes a second`);
    rates.push(rate);
  }
  return Math.max(...rates);
}

const round = (value: number) => Math.round(value * 100) / 100;
