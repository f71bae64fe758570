import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startDemoWorld, type DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { freePort } from "#app/adapters/postgres/free-port.ts";
import { startChaosDatabase, type ChaosDatabase } from "./chaos-database.ts";
import { neverHappened, nothingHappened, type Happened, type Happening } from "./happened.ts";
import { judge } from "./judge.ts";
import { readLedgers } from "./read-ledgers.ts";
import { mistreat } from "./mistreat.ts";
import { processEnv } from "./process-env.ts";
import { seededRandom, type SeededRandom } from "./seeded-random.ts";
import { settle } from "./settle.ts";
import { setUpShops, type ChaosShop } from "./set-up-shops.ts";
import { keepRunning, type Supervised } from "./supervisor.ts";
import { drive } from "./traffic.ts";

export interface ChaosOptions {
  orders: number;
  seed: number;
  kills: number;
  tell: (line: string) => void;
}

export interface ChaosResult {
  orders: number;
  kills: number;
  lost: number;
  doubled: number;
  wrong_amount: number;
  unaccounted: number;
}

export interface ChaosRun {
  result: ChaosResult;
  happened: Happened;
}

/** Between two kills: long enough for the app to start, short enough to hit it at work. */
const KILL_EVERY_MS = 4_500;

/** In a run of so many orders impact.com can be down for a minute without most of it going by. */
const LONG = 1_000;

/**
 * Lets customers buy while web, worker and database are killed hard, deliveries are mistreated and
 * both sides fail; then heals everything, lets the app finish, and compares what everybody holds.
 */
export async function runChaos({ orders, seed, kills, tell }: ChaosOptions): Promise<ChaosRun> {
  const folder = await mkdtemp(path.join(tmpdir(), "partner-codes-chaos-"));
  await chmod(folder, 0o755);
  const database = await startChaosDatabase(folder);
  const port = await freePort();
  const world = await startChaosWorld(port, seed);
  const processes = startProcesses(world, database, port);
  try {
    const shops = await setUpShops(world, `http://127.0.0.1:${port}`, seed);
    tell(`set up ${shops.length} shops; seed ${seed}; ${readings(world, shops)}`);
    const happened = nothingHappened();
    const healed = mistreat(world, seededRandom(seed + 1), happened, {
      isLong: orders >= LONG,
    });
    const asked = { orders, ms: kills * KILL_EVERY_MS };
    const traffic = drive(world, shops, seededRandom(seed), asked, happened);
    const killed = await killAround({ ...processes, database }, seededRandom(seed + 2), {
      kills,
      happened,
      tell,
    });
    await traffic;
    await healed();
    tell(`${orders} orders placed, ${killed} kills; now everything is left in peace`);
    await settle(world, shops, database.url, tell);
    const { editsAppearAsRefunds } = world.shopifyState;
    const verdict = await judge(shops, world.impactState, database.url, editsAppearAsRefunds);
    verdict.unaccounted.push(...(await readLedgers(shops)));
    const { endedAs, ...wrong } = verdict;
    for (const [kind, orders] of Object.entries(wrong)) {
      for (const told of orders.slice(0, 20)) tell(`${kind}: ${told}`);
    }
    tell(`ended as they should: ${JSON.stringify(endedAs)}`);
    tell(`happened: ${JSON.stringify(happened)}`);
    for (const kind of neverHappened(happened)) tell(`promised, and never happened: ${kind}`);
    const result = {
      orders: shops.reduce((sum, each) => sum + each.shop.orders.length + each.deleted.length, 0),
      kills: killed,
      lost: verdict.lost.length,
      doubled: verdict.doubled.length,
      wrong_amount: verdict.wrongAmount.length,
      unaccounted: verdict.unaccounted.length,
    };
    return { result, happened };
  } finally {
    await Promise.all(Object.values(processes).map((each) => each.stop()));
    await world.close();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function startChaosWorld(port: number, seed: number): Promise<DemoWorld> {
  const world = await startDemoWorld({ appUrl: () => `http://127.0.0.1:${port}` });
  const { rules } = world.impactState;
  // A limit that throttles for a second instead of an hour: one in twenty requests is over it.
  rules.requestsPerHour = 100_000;
  rules.limitWindowMs = 1_000;
  // Actions are listed late, and in time to be seen before the dedupe window below ends.
  rules.listLagMs = 5_000;
  // Shopify's documents leave open which is true: odd seeds have one reading, even ones the other.
  world.shopifyState.editsAppearAsRefunds = seed % 2 === 1;
  // What is sent again later than that counts twice, unless the app looks first.
  for (const { programs } of world.impactState.accounts) {
    for (const { eventTypes } of programs) {
      for (const eventType of eventTypes) eventType.dedupeDays = 30 / 86_400;
    }
  }
  for (const shop of [world.shop, world.yenShop]) shop.plan = "enterprise";
  return world;
}

function readings({ shopifyState }: DemoWorld, shops: readonly ChaosShop[]): string {
  const taxed = shops.map(({ shop, tax }) => `${shop.currency} ${JSON.stringify(tax)}`).join(", ");
  return `edits appear as refunds: ${shopifyState.editsAppearAsRefunds}; tax: ${taxed}`;
}

function startProcesses(world: DemoWorld, database: ChaosDatabase, port: number) {
  const env = processEnv(world, { databaseUrl: database.url, port });
  return {
    web: keepRunning(["--web-only"], env),
    worker: keepRunning(["--worker-only"], env),
    secondWorker: keepRunning(["--worker-only"], env),
  };
}

type Victim = "web" | "worker" | "secondWorker" | "database";

const KILLED: Record<Victim, Happening> = {
  web: "web killed",
  worker: "worker killed",
  secondWorker: "worker killed",
  database: "database killed",
};

/**
 * Counts only kills that hit something running; goes on until there are enough. Each kind of victim
 * has its turn before chance picks.
 */
async function killAround(
  victims: Record<Victim, Supervised | ChaosDatabase>,
  random: SeededRandom,
  { kills, happened, tell }: Pick<ChaosOptions, "kills" | "tell"> & { happened: Happened },
): Promise<number> {
  let killed = 0;
  const turns = random.shuffle<Victim>(["web", "worker", "database"]);
  while (killed < kills) {
    await pause(random.between(KILL_EVERY_MS / 2, (KILL_EVERY_MS * 3) / 2));
    const name =
      turns[0] ?? random.pick<Victim>(["web", "worker", "worker", "secondWorker", "database"]);
    if (await victims[name].kill()) {
      killed += 1;
      happened[KILLED[name]] += 1;
      turns.shift();
    }
    if (killed % 10 === 0) tell(`${killed} kills`);
  }
  return killed;
}
