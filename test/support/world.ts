import { randomBytes } from "node:crypto";
import type { PrismaClient } from "@prisma/client";
import type { PgBoss } from "pg-boss";
import { expect, onTestFinished } from "vitest";
import { createCodeMaking } from "#app/adapters/code-making/code-making.ts";
import { createImpactBudget } from "#app/adapters/impact/impact-budget.ts";
import { createImpactClient, IMPACT_TIMEOUT_MS } from "#app/adapters/impact/impact-client.ts";
import { createImpact } from "#app/adapters/impact/impact.ts";
import { createPool } from "#app/adapters/postgres/pool.ts";
import { createPrismaClient } from "#app/adapters/postgres/prisma-client.ts";
import { openBoss } from "#app/adapters/postgres/queue.ts";
import { rawSqlOver } from "#app/adapters/postgres/raw-sql.ts";
import { createSecretBox } from "#app/adapters/postgres/secret-box.ts";
import { createStore } from "#app/adapters/postgres/store.ts";
import { createSendHttp } from "#app/adapters/send-http.ts";
import { createAdminClient } from "#app/adapters/shopify/admin-client.ts";
import { createShopify } from "#app/adapters/shopify/shopify.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import type { JobName } from "#app/core/ports/queue.ts";
import {
  addAccount,
  addPartner,
  addProgram,
  createImpactState,
} from "#test/sandbox/impact/create-state.ts";
import { startImpact } from "#test/sandbox/impact/server.ts";
import type { Account, ImpactState } from "#test/sandbox/impact/state.ts";
import { redirectShopifyTo } from "#test/sandbox/shopify/admin/redirect-shopify-to.ts";
import { addShop, createShopifyState } from "#test/sandbox/shopify/create-state.ts";
import { startShopify, type ShopifyServer } from "#test/sandbox/shopify/server.ts";
import type { Shop, ShopifyState } from "#test/sandbox/shopify/state.ts";
import { adminOf } from "./admin-of.ts";
import { drainJobs } from "./drain-jobs.ts";
import { createTestClock, type TestClock } from "./test-clock.ts";
import { createTestDatabase } from "./test-database.ts";

export const CREDENTIALS = { accountSid: "IRtestAccount", authToken: "test-token" };
const SILENT = { warn: () => undefined };
export const PROGRAM_ID = "1000";
export const EVENT_TYPE_ID = "4000";

/** The core on real PostgreSQL between both stand-ins, in one process and on a clock of the test's. */
export interface World {
  clock: TestClock;
  databaseUrl: string;
  encryptionKey: Buffer;
  prisma: PrismaClient;
  boss: PgBoss;
  ports: Ports;
  shopifyState: ShopifyState;
  shopify: ShopifyServer;
  shop: Shop;
  domain: ShopDomain;
  impactState: ImpactState;
  impact: Awaited<ReturnType<typeof startImpact>>;
  account: Account;
  /** The merchant removes the app: its tokens are refused from then on, until `install`. */
  uninstall(): void;
  install(): void;
  /** Runs every queued job, or those due within `ms`: one by one, or in batches as the worker does. */
  drain(ms?: number, how?: { inBatches?: boolean }): Promise<JobName[]>;
}

export interface WorldOptions {
  currency?: string;
  ianaTimezone?: string;
  domain?: string;
  /** Session tokens are checked against the wall clock: a test that signs in starts there. */
  startsAt?: Date;
}

/** A fresh world; all of it is closed and dropped when the test ends. */
export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const clock = createTestClock(options.startsAt?.toISOString());
  const { shopifyState, shop } = createShopSide(clock, options);
  const { impactState, account } = createImpactSide(clock);
  const shopify = await startShopify(shopifyState);
  const impact = await startImpact(impactState);
  redirectShopifyTo(shopify.url);

  const database = await createTestDatabase();
  const prisma = createPrismaClient(database.url);
  const pool = createPool(database.url, () => undefined);
  const boss = await openBoss(database.url, () => undefined);
  const encryptionKey = randomBytes(32);
  const secrets = createSecretBox(encryptionKey);
  const sleep = async (ms: number) => clock.pass(ms);
  const installed = adminOf(shopifyState, clock);
  let isInstalled = true;
  const adminFor: typeof installed = (domain) => {
    if (domain === shop.domain && !isInstalled) throw new Response(null, { status: 401 });
    return installed(domain);
  };
  const ports: Ports = {
    clock,
    pause: sleep,
    random: () => 0.5,
    codeMaking: createCodeMaking(),
    store: createStore({ prisma, pool, boss, secrets }),
    shopify: createShopify(createAdminClient({ adminFor, clock, sleep, log: SILENT })),
    impact: createImpact(
      createImpactClient({
        baseUrl: impact.url,
        budget: createImpactBudget(rawSqlOver(pool), clock),
        send: createSendHttp({ timeoutMs: IMPACT_TIMEOUT_MS }),
        log: SILENT,
      }),
    ),
  };
  onTestFinished(async () => {
    await boss.stop({ graceful: false });
    await pool.end();
    await prisma.$disconnect();
    await database.drop();
    await Promise.all([shopify.close(), impact.close()]);
    // Whatever a test was about: no request may have broken a rule of impact.com's OpenAPI.
    expect(impact.requests.flatMap((request) => request.violations)).toEqual([]);
  });
  const drain: World["drain"] = async (ms, how) => {
    const until = ms === undefined ? {} : { until: new Date(clock.now().getTime() + ms) };
    return (await drainJobs({ prisma, boss, ports, clock, ...until, ...how })).ran;
  };
  const domain = shop.domain as ShopDomain;
  const parts = { clock, prisma, boss, ports, shopifyState, shopify, shop, domain };
  return {
    ...parts,
    databaseUrl: database.url,
    encryptionKey,
    impactState,
    impact,
    account,
    uninstall: () => {
      isInstalled = false;
      shop.installation = null;
    },
    install: () => {
      isInstalled = true;
    },
    drain,
  };
}

function createShopSide(clock: TestClock, options: WorldOptions) {
  const shopifyState = createShopifyState({
    apiKey: "test-client-id",
    apiSecret: "test-client-secret",
    scopes: [
      "read_orders",
      "read_products",
      "write_discounts",
      "write_pixels",
      "read_customer_events",
    ],
    clock,
  });
  const shop = addShop(shopifyState, {
    domain: options.domain ?? "tea-house.myshopify.com",
    name: "Tea House",
    currency: options.currency ?? "USD",
    ianaTimezone: options.ianaTimezone ?? "America/New_York",
    plan: "standard",
    products: [
      { title: "Mug", productType: "Drinkware", variants: [{ sku: "MUG", price: 2_000 }] },
      { title: "Kettle", productType: "Kitchen", variants: [{ sku: "KETTLE", price: 4_900 }] },
      { title: "Sample", productType: "", variants: [{ sku: null, price: 300 }] },
    ],
  });
  return { shopifyState, shop };
}

function createImpactSide(clock: TestClock) {
  const impactState = createImpactState({ clock });
  const account = addAccount(impactState, {
    sid: CREDENTIALS.accountSid,
    token: CREDENTIALS.authToken,
    currency: "USD",
    companyName: "Tea House Ltd.",
  });
  addProgram(account, {
    id: PROGRAM_ID,
    name: "Tea Ambassadors",
    promoCodeTracking: true,
    eventTypes: [{ id: EVENT_TYPE_ID, name: "Online Sale", category: "SALE" }],
  });
  const startsAt = new Date("2026-01-01T00:00:00Z");
  const contract = { programId: PROGRAM_ID, payoutPercent: 10, startsAt, state: "ACTIVE" as const };
  addPartner(account, { id: "10001", name: "Anna Able", email: "anna@p.example", contract });
  addPartner(account, { id: "10002", name: "Ben Baker", email: "ben@p.example", contract });
  addPartner(account, { id: "10003", name: "Cleo None", email: "cleo@p.example", contract: null });
  return { impactState, account };
}
