import { chmod, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { startEmbeddedServer } from "#app/adapters/postgres/embedded-server.ts";
import { freePort } from "#app/adapters/postgres/free-port.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import { appEnv } from "#test/sandbox/demo/app-env.ts";
import { createDemoMerchant } from "#test/sandbox/demo/demo-merchant.ts";
import { startDemoWorld, type DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { startApp } from "#test/sandbox/demo/start-app.ts";
import { signSessionToken } from "#test/sandbox/shopify/admin/sign-session-token.ts";
import type { Shop } from "#test/sandbox/shopify/state.ts";
import { CASES, factsOf, type Kind, type ShopFacts } from "./codes-page/cases.ts";
import { seedCodes } from "./codes-page/seed-codes.ts";

const SMALL = 2_000;
const LARGE = 200_000;
const WARM_UP = 3;
const ROUNDS = 25;
/** As App Bridge asks for it while somebody types: authenticated, and its data as JSON. */
const ROUTE = "routes/app.codes._index";

export function limits({ ratio = Infinity }: Record<string, number>): [string, boolean][] {
  return [["ratio at most 2", ratio <= 2]];
}

/**
 * The Codes page's loader in the built app, over HTTP, for a shop with 200,000 codes and one with
 * 2,000 in the same database: the same address of each in turn, the median of each beside the other.
 * Of each kind the worst address counts.
 */
export async function bench(): Promise<Record<string, number>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "bench-codes-page-"));
  // PostgreSQL may run as another user.
  await chmod(folder, 0o755);
  const server = await startEmbeddedServer(folder);
  const ends: (() => Promise<unknown>)[] = [() => server.stop()];
  try {
    return await measure(server.connectionString, (end) => ends.push(end));
  } finally {
    for (const end of ends.reverse()) await end();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(
  databaseUrl: string,
  atEnd: (end: () => Promise<unknown>) => void,
): Promise<Record<string, number>> {
  const port = await freePort();
  const world = await startDemoWorld({ appUrl: () => `http://127.0.0.1:${port}` });
  atEnd(() => world.close());
  const { env, ...settings } = appEnv(world, "unused");
  const app = await startApp({
    ...{ ...settings, port, args: ["--web-only"] },
    env: { ...env, DATABASE_URL: databaseUrl },
  });
  atEnd(() => app.stop());
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  atEnd(() => pool.end());
  const small = await openShop(world, pool, world.shop, SMALL, app.url);
  const large = await openShop(world, pool, world.yenShop, LARGE, app.url);
  // As autovacuum leaves it.
  await pool.query("VACUUM ANALYZE");

  const ratios: Record<Kind, number[]> = { filter: [], search: [], deep_page: [] };
  for (const { kind, name, query } of CASES) {
    const times: [small: number[], large: number[]] = [[], []];
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
      const pair = [await small(query), await large(query)] as const;
      if (round >= WARM_UP) pair.forEach((ms, side) => times[side]?.push(ms));
    }
    const [of2000, of200000] = [median(times[0]), median(times[1])];
    const ratio = of200000 / of2000;
    ratios[kind].push(ratio);
    console.log(
      `${kind} ${name}: ${of2000.toFixed(1)} ms, ${of200000.toFixed(1)} ms, ratio ${ratio.toFixed(2)}`,
    );
  }
  const worst = (kind: Kind) => round(Math.max(...ratios[kind]));
  return {
    codes: LARGE,
    small: SMALL,
    filter_ratio: worst("filter"),
    search_ratio: worst("search"),
    deep_page_ratio: worst("deep_page"),
    ratio: round(Math.max(...Object.values(ratios).flat())),
    typical_ratio: round(median(Object.values(ratios).flat())),
  };
}

type Ask = (query: (facts: ShopFacts) => Record<string, string>) => Promise<number>;

/** Installs the app in a shop and gives it codes; what it gives asks for a page and says how long it took. */
async function openShop(
  { shopifyState }: DemoWorld,
  pool: pg.Pool,
  shop: Shop,
  codes: number,
  appUrl: string,
): Promise<Ask> {
  const domain = shop.domain as ShopDomain;
  await createDemoMerchant(shopifyState, shop, appUrl).openApp();
  await seedCodes(pool, domain, codes);
  const facts = await factsOf(pool, domain, codes);
  return async (query) => {
    const fields = new URLSearchParams({ ...query(facts), _data: ROUTE });
    const headers = {
      authorization: `Bearer ${signSessionToken(shopifyState, domain)}`,
      "user-agent": "Mozilla/5.0 Chrome/140.0",
    };
    const begun = performance.now();
    const answer = await fetch(`${appUrl}/app/codes?${fields}`, { headers });
    const text = await answer.text();
    const ms = performance.now() - begun;
    if (!answer.ok || !text.includes(`"matching"`)) {
      throw new Error(`${fields} answered ${answer.status}: ${text.slice(0, 300)}`);
    }
    return ms;
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

const round = (value: number) => Math.round(value * 100) / 100;
