import pg from "pg";
import { freePort } from "#app/adapters/postgres/free-port.ts";
import { createSecretBox } from "#app/adapters/postgres/secret-box.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import { appEnv } from "#test/sandbox/demo/app-env.ts";
import { createDemoMerchant } from "#test/sandbox/demo/demo-merchant.ts";
import { startDemoWorld, type DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { startApp } from "#test/sandbox/demo/start-app.ts";
import type { Shop } from "#test/sandbox/shopify/state.ts";
import { askApp, type Address } from "./codes-page/ask-app.ts";
import { CASES, factsOf, type Case, type Kind, type ShopFacts } from "./codes-page/cases.ts";
import { seedAround } from "./codes-page/seed-around.ts";
import { seedCodes } from "./codes-page/seed-codes.ts";
import { onOwnServer, type AtEnd } from "./on-own-server.ts";

const SMALL = 2_000;
const LARGE = 200_000;
const WARM_UP = 3;
/** Of each address; one that seems to come near the limit is asked for as often again. */
const ROUNDS = 7;
const MORE_ROUNDS = 20;
const NEAR = 1.5;
/** The list, as it is asked for while somebody types. */
const list =
  (query: Case["query"]) =>
  (facts: ShopFacts): Address => ({
    path: "/app/codes",
    route: "routes/app.codes._index",
    says: `"matching"`,
    query: query(facts),
  });

/** What the form that draws codes asks for meanwhile, with all partners: examples, and how guessable they are. */
const preview = ({ discounts: [discountId = ""] }: ShopFacts): Address => ({
  path: `/app/discounts/${discountId}/draw/preview`,
  route: "routes/app.discounts.$discountId_.draw_.preview",
  says: `"verdict"`,
  query: { pattern: "{FIRST}-{RANDOM:8}", codesEach: "10", everyone: "on" },
});

/** What the page asks for once its list is there. */
const notices = (): Address => ({
  path: "/app/codes/notices",
  route: "routes/app.codes.notices",
  says: `"rows"`,
  query: { of: "all" },
});

export function limits({ ratio = Infinity }: Record<string, number>): [string, boolean][] {
  return [["ratio at most 2", ratio <= 2]];
}

/**
 * The Codes page's loader in the built app, over HTTP, for a shop with 200,000 codes and one with
 * 2,000 in the same database, with the orders, batches, families and files that come with them: the same
 * address of each in turn, the median of each beside the other. Of each kind the worst address counts.
 */
export async function bench(): Promise<Record<string, number>> {
  return onOwnServer("codes-page", measure);
}

async function measure(databaseUrl: string, atEnd: AtEnd): Promise<Record<string, number>> {
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
  const key = Buffer.from(env["ENCRYPTION_KEY"] ?? "", "base64");
  const authToken = createSecretBox(key).seal("of nobody");
  const open = (shop: Shop, codes: number) =>
    openShop(world, pool, shop, { codes, authToken, appUrl: app.url });
  const small = await open(world.shop, SMALL);
  const large = await open(world.yenShop, LARGE);
  // As autovacuum leaves it.
  await pool.query("VACUUM ANALYZE");

  const ratios: Record<Kind, number[]> = { filter: [], search: [], deep_page: [] };
  for (const { kind, name, query } of CASES) {
    await rounds([small, large], list(query), WARM_UP);
    let times = await rounds([small, large], list(query), ROUNDS);
    if (ratioOf(times) > NEAR) times = await rounds([small, large], list(query), MORE_ROUNDS);
    const ratio = ratioOf(times);
    ratios[kind].push(ratio);
    const [of2000, of200000] = times.map((those) => `${median(those).toFixed(1)} ms`);
    console.log(`${kind} ${name}: ${of2000}, ${of200000}, ratio ${ratio.toFixed(2)}`);
  }
  await rounds([small, large], preview, WARM_UP);
  const previews = await rounds([small, large], preview, ROUNDS);
  await rounds([small, large], notices, WARM_UP);
  const noticed = await rounds([small, large], notices, ROUNDS);
  const worst = (kind: Kind) => round(Math.max(...ratios[kind]));
  return {
    codes: LARGE,
    small: SMALL,
    addresses: CASES.length,
    filter_ratio: worst("filter"),
    search_ratio: worst("search"),
    deep_page_ratio: worst("deep_page"),
    ratio: round(Math.max(...Object.values(ratios).flat())),
    typical_ratio: round(median(Object.values(ratios).flat())),
    preview_ms_of_small: round(median(previews[0])),
    preview_ms: round(median(previews[1])),
    notices_ms_of_small: round(median(noticed[0])),
    notices_ms: round(median(noticed[1])),
  };
}

type Times = [small: number[], large: number[]];

/** The same address of either shop in turn. */
async function rounds(
  [small, large]: [Ask, Ask],
  address: Parameters<Ask>[0],
  count: number,
): Promise<Times> {
  const times: Times = [[], []];
  for (let round = 0; round < count; round += 1) {
    times[0].push(await small(address));
    times[1].push(await large(address));
  }
  return times;
}

const ratioOf = ([small, large]: Times) => median(large) / median(small);

type Ask = (address: (facts: ShopFacts) => Address) => Promise<number>;

/** Installs the app in a shop and gives it codes; what it gives asks for a page and says how long it took. */
async function openShop(
  { shopifyState }: DemoWorld,
  pool: pg.Pool,
  shop: Shop,
  { codes, authToken, appUrl }: { codes: number; authToken: string; appUrl: string },
): Promise<Ask> {
  const domain = shop.domain as ShopDomain;
  await createDemoMerchant(shopifyState, shop, appUrl).openApp();
  await seedCodes(pool, domain, codes);
  await seedAround(pool, domain, { codes, authToken });
  const facts = await factsOf(pool, domain, codes);
  return (address) => askApp({ appUrl, state: shopifyState, shop: domain }, address(facts));
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

const round = (value: number) => Math.round(value * 100) / 100;
