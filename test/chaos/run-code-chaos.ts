import { randomUUID } from "node:crypto";
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
import { seededRandom } from "./seeded-random.ts";
import { keepRunning, type Supervised } from "./supervisor.ts";
import { untilUp } from "./until-up.ts";

export interface CodeChaosOptions {
  codes: number;
  seed: number;
  kills: number;
  tell: (line: string) => void;
}

export interface CodeChaosResult {
  codes: number;
  kills: number;
  /** Kills while codes were still to be made or registered. */
  at_work: number;
  /** Of the app's codes: not live in Shopify. */
  missing: number;
  /** In Shopify under the discount, and none of the app's codes. */
  surplus: number;
  /** Without a registration at impact.com, or with another partner's. */
  unregistered: number;
  registered_twice: number;
}

const PARTNERS = ["10001", "10002", "10003", "10004", "10005"];
/** Points come back so slowly that a batch outlives the kills. */
const RESTORED_PER_KILL = 0.9;
/** impact.com's own limit, in hours of five seconds. */
const IMPACT_RULES: Partial<Rules> = {
  againWhileItStands: "allowed",
  requestsPerHour: 1_000,
  limitWindowMs: 5_000,
};
const LOOK_EVERY_MS = 1_000;
const PATIENCE_MS = 40 * 60_000;
const KILL_AFTER_MS = { from: 2_000, to: 6_000 };
const POINTS_FOR_EACH_PART = 11;
const CODES_IN_A_PART = 250;

/**
 * Draws that many codes and kills the worker hard, again and again, while they are made and registered;
 * then leaves it in peace until the app says that all is done, and compares what each side holds.
 */
export async function runCodeChaos(options: CodeChaosOptions): Promise<CodeChaosResult> {
  const { codes, kills, tell } = options;
  const folder = await mkdtemp(path.join(tmpdir(), "partner-codes-code-chaos-"));
  await chmod(folder, 0o755);
  const server = await startEmbeddedServer(folder);
  const port = await freePort();
  const world = await startDemoWorld({ appUrl: () => `http://127.0.0.1:${port}` });
  // Nothing but the app keeps a registration from being made twice, and the hour's limit is met.
  Object.assign(world.impactState.rules, IMPACT_RULES);
  const env = processEnv(world, { databaseUrl: server.connectionString, port });
  const web = keepRunning(["--web-only"], env);
  const worker = keepRunning(["--worker-only"], env);
  const client = new pg.Client({ connectionString: server.connectionString });
  try {
    await untilUp(`http://127.0.0.1:${port}`);
    await client.connect();
    const batchId = await startBatch(world, client, options);
    slowDown(world, { codes, kills });
    tell(`drawing ${codes} codes; seed ${options.seed}`);
    const killed = await killWhile(worker, client, { ...options, batchId });
    tell(
      `${killed.kills} kills, ${killed.atWork} of them at work; now the worker is left in peace`,
    );
    await settle(client, { batchId, tell });
    const verdict = await judge(world, client, batchId);
    return { codes: verdict.codes, kills: killed.kills, at_work: killed.atWork, ...verdict.found };
  } finally {
    await client.end();
    await Promise.all([web.stop(), worker.stop()]);
    await world.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** As the merchant does: the form that draws codes, for all partners at once. */
async function startBatch(world: DemoWorld, client: pg.Client, { codes }: CodeChaosOptions) {
  const discount = { title: "Creators", percentage: "15", codes: [["10001", "FIRST15"]] };
  const { merchant } = await setUpShop(
    world,
    world.shop,
    discount as Parameters<typeof setUpShop>[2],
    () => undefined,
  );
  const { rows } = await client.query<{ id: string }>(`SELECT "id" FROM "Discount"`);
  const draw = {
    path: `/app/discounts/${rows[0]?.id}/draw`,
    route: "routes/app.discounts.$discountId_.draw",
  };
  const madeAt = await merchant.submit(draw, [
    ["draftKey", randomUUID()],
    ["pattern", "{FIRST}-{RANDOM:8}"],
    ["codesEach", `${codes / PARTNERS.length}`],
    ...PARTNERS.map((id): [string, string] => ["partnerId", id]),
  ]);
  const batchId = madeAt?.split("/").at(-1);
  if (!batchId) throw new Error("The form led to no batch.");
  return batchId;
}

/** The batch's own work takes about as long as all the kills. */
function slowDown(
  { shop, shopify }: DemoWorld,
  { codes, kills }: Pick<CodeChaosOptions, "codes" | "kills">,
): void {
  const points = (codes / CODES_IN_A_PART) * POINTS_FOR_EACH_PART;
  const seconds = (kills * (KILL_AFTER_MS.from + KILL_AFTER_MS.to)) / 2_000;
  const restoreRate = Math.max(1, Math.round((points / seconds) * RESTORED_PER_KILL));
  planLimits.standard = { maximumAvailable: 100, restoreRate };
  shop.plan = "standard";
  shopify.settings.jobs.durationMs = 1_000;
}

async function killWhile(
  worker: Supervised,
  client: pg.Client,
  { batchId, kills, seed, tell }: CodeChaosOptions & { batchId: string },
): Promise<{ kills: number; atWork: number }> {
  const random = seededRandom(seed);
  let [killed, atWork] = [0, 0];
  while (killed < kills) {
    await pause(random.between(KILL_AFTER_MS.from, KILL_AFTER_MS.to));
    const left = await leftOf(client, batchId);
    if (!worker.kill()) continue;
    killed += 1;
    if (left > 0) atWork += 1;
    tell(`${killed} kills, ${left} codes left`);
  }
  return { kills: killed, atWork };
}

/** Codes that are not both live and registered, those not drawn yet included. */
async function leftOf(client: pg.Client, batchId: string): Promise<number> {
  const { rows } = await client.query<{ left: number }>(
    `SELECT (b."codes" - count(c.*) FILTER
       (WHERE c."shopifyState" = 'live' AND c."impactState" = 'registered'))::int AS "left"
     FROM "Batch" b LEFT JOIN "Code" c ON c."batchId" = b."id" WHERE b."id" = $1 GROUP BY b."id"`,
    [batchId],
  );
  return rows[0]?.left ?? 0;
}

async function settle(
  client: pg.Client,
  { batchId, tell }: { batchId: string; tell: (line: string) => void },
): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (let looks = 0; Date.now() < end; looks += 1) {
    const left = await leftOf(client, batchId);
    if (left === 0) return;
    if (looks % 15 === 0) tell(`${left} codes left`);
    await pause(LOOK_EVERY_MS);
  }
}

async function judge({ shop, impactState }: DemoWorld, client: pg.Client, batchId: string) {
  const { rows } = await client.query<{ code: string; partnerId: string; shopifyId: string }>(
    `SELECT c."code", a."partnerId", d."shopifyId" FROM "Code" c
     JOIN "Discount" d ON d."id" = c."discountId" LEFT JOIN "Assignment" a ON a."codeId" = c."id"
     WHERE c."batchId" = $1`,
    [batchId],
  );
  const ours = new Map(rows.map(({ code, partnerId }) => [code, partnerId]));
  const registrations = new Map<string, string[]>();
  for (const { code, partnerId } of impactState.accounts.flatMap((each) => each.promoCodes)) {
    registrations.set(code, [...(registrations.get(code) ?? []), partnerId]);
  }
  const known = new Set([...ours.keys(), "FIRST15"]);
  const registeredTo = (code: string) => registrations.get(code) ?? [];
  const count = (isOne: (code: string) => boolean) => [...ours.keys()].filter(isOne).length;
  return {
    codes: ours.size,
    found: {
      missing: count((code) => !shop.codes.has(code)),
      surplus: [...shop.codes.keys()].filter((code) => !known.has(code)).length,
      unregistered: count((code) => !registeredTo(code).includes(ours.get(code) ?? "")),
      registered_twice: count((code) => registeredTo(code).length > 1),
    },
  };
}
