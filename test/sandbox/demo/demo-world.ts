import { readFile } from "node:fs/promises";
import { startFrame, type Frame } from "#test/sandbox/frame/start-frame.ts";
import {
  addAccount,
  addPartner,
  addProgram,
  createImpactState,
} from "#test/sandbox/impact/create-state.ts";
import { startImpact } from "#test/sandbox/impact/server.ts";
import type { ImpactState } from "#test/sandbox/impact/state.ts";
import { addShop, createShopifyState } from "#test/sandbox/shopify/create-state.ts";
import { startShopify, type ShopifyServer } from "#test/sandbox/shopify/server.ts";
import type { Shop, ShopifyState } from "#test/sandbox/shopify/state.ts";
import { placedWebhooks } from "#test/sandbox/shopify/orders/order-webhook.ts";
import { announce } from "#test/sandbox/shopify/webhooks/announce.ts";
import { createWebhooks } from "#test/sandbox/shopify/webhooks/create-webhooks.ts";
import { subscriptionsInToml } from "#test/sandbox/shopify/webhooks/subscriptions-in-toml.ts";
import { startStorefront } from "#test/sandbox/storefront/start-storefront.ts";
import { parse } from "smol-toml";

export const CREDENTIALS = { accountSid: "IRdemoAccount0001", authToken: "demo-token-for-impact" };
export const PROGRAM = { programId: "1000", eventTypeId: "4000" };
/** Shopify's retry schedule of four hours passes in a quarter of a minute. */
const TIME_SCALE = 1_000;

export interface DemoWorld {
  shopifyState: ShopifyState;
  /** Sells in dollars. */
  shop: Shop;
  /** Sells in yen: a currency without decimals. */
  yenShop: Shop;
  shopify: ShopifyServer;
  impactState: ImpactState;
  impact: Awaited<ReturnType<typeof startImpact>>;
  webhooks: ReturnType<typeof createWebhooks>;
  frame: Frame;
  storefront: Awaited<ReturnType<typeof startStorefront>>;
  close(): Promise<void>;
}

/** Starts every stand-in around an app that listens at `appUrl()`. */
export async function startDemoWorld(options: {
  appUrl: () => string;
  ports?: { frame?: number; tunnel?: number; storefront?: number };
  /** The shops ask visitors before anything is stored. */
  needConsent?: boolean;
  impactLatencyMs?: number;
}): Promise<DemoWorld> {
  const clock = { now: () => new Date() };
  const toml = await readFile(new URL("../../../shopify.app.toml", import.meta.url), "utf8");
  const shopifyState = createShopifyState({
    apiKey: "demo-client-id",
    apiSecret: "demo-client-secret",
    ...scopesIn(toml),
    clock,
  });
  const [shop, yenShop] = addDemoShops(shopifyState);
  const impactState = createImpactState({ clock, rules: { submissionDelayMs: 2_000 } });
  addDemoAccount(impactState);

  const { ports = {} } = options;
  const frame = await startFrame({
    state: shopifyState,
    target: options.appUrl,
    ...(ports.frame && { port: ports.frame }),
    ...(ports.tunnel && { tunnelPort: ports.tunnel }),
  });
  const webhooks = createWebhooks(shopifyState, {
    appUrl: frame.appUrl,
    subscriptions: subscriptionsInToml(toml),
    timeScale: TIME_SCALE,
    // A public app without level 2 of protected data would see no e-mail.
    protectedCustomerData: 2,
  });
  const [shopify, impact, storefront] = await Promise.all([
    startShopify(shopifyState, {
      latencyMs: 20,
      announce: (at, change) => void announce(webhooks, at, [change]),
    }),
    startImpact(impactState, { latencyMs: options.impactLatencyMs ?? 40 }),
    startStorefront({
      state: shopifyState,
      onOrder: (at, order) => void announce(webhooks, at, placedWebhooks(order)),
      needsConsent: options.needConsent ?? false,
      ...(ports.storefront && { port: ports.storefront }),
    }),
  ]);
  const parts = { shopify, impact, webhooks, frame, storefront };
  return {
    shopifyState,
    shop,
    yenShop,
    impactState,
    ...parts,
    close: async () => {
      await Promise.all(Object.values(parts).map((part) => part.close()));
    },
  };
}

function scopesIn(toml: string): { scopes: string[]; optionalScopes: string[] } {
  const { access_scopes } = parse(toml) as {
    access_scopes: { scopes: string; optional_scopes: string[] };
  };
  return {
    scopes: access_scopes.scopes.split(","),
    optionalScopes: access_scopes.optional_scopes,
  };
}

function addDemoShops(state: ShopifyState): [Shop, Shop] {
  const shop = addShop(state, {
    domain: "northbound-supply.myshopify.com",
    host: "northbound-supply.example",
    name: "Northbound Supply",
    currency: "USD",
    ianaTimezone: "America/New_York",
    plan: "standard",
    products: [
      {
        title: "Trail Pack 28 L",
        productType: "Bags",
        variants: [{ sku: "PACK-28", price: 12_900 }],
      },
      {
        title: "Merino Base Layer",
        productType: "Apparel",
        variants: [
          { title: "Small", sku: "MERINO-S", price: 7_400 },
          { title: "Medium", sku: "MERINO-M", price: 7_400 },
        ],
      },
      { title: "Camp Mug", productType: "Kitchen", variants: [{ sku: "MUG-1", price: 1_895 }] },
      {
        title: "Headlamp 400",
        productType: "Lighting",
        variants: [{ sku: "LAMP-400", price: 4_450 }],
      },
    ],
  });
  const yenShop = addShop(state, {
    domain: "kitaguni-outdoor.myshopify.com",
    name: "Kitaguni Outdoor",
    currency: "JPY",
    ianaTimezone: "Asia/Tokyo",
    plan: "standard",
    products: [
      { title: "Day Pack", productType: "Bags", variants: [{ sku: "DAY-1", price: 9_800 }] },
      { title: "Tenugui", productType: "Accessories", variants: [{ sku: "TEN-1", price: 1_250 }] },
    ],
  });
  return [shop, yenShop];
}

const PARTNERS = [
  ["10001", "Anna Lindqvist", 10],
  ["10002", "Bergwelten Podcast", 12],
  ["10003", "Chidi Outdoors", 8],
  ["10004", "The Slow Miles Letter", 10],
  ["10005", "Zoë & Mateo", 15],
] as const;

function addDemoAccount(state: ImpactState): void {
  const account = addAccount(state, {
    sid: CREDENTIALS.accountSid,
    token: CREDENTIALS.authToken,
    currency: "USD",
    companyName: "Northbound Supply Inc.",
  });
  addProgram(account, {
    id: PROGRAM.programId,
    name: "Northbound Ambassadors",
    promoCodeTracking: true,
    eventTypes: [{ id: PROGRAM.eventTypeId, name: "Online Sale", category: "SALE" }],
  });
  const startsAt = new Date("2026-01-01T00:00:00Z");
  for (const [id, name, payoutPercent] of PARTNERS) {
    const contract = {
      programId: PROGRAM.programId,
      payoutPercent,
      startsAt,
      state: "ACTIVE" as const,
    };
    addPartner(account, { id, name, email: `hello+${id}@example.com`, contract });
  }
  addPartner(account, {
    id: "10006",
    name: "Summit Deals Daily",
    email: "hello+10006@example.com",
    contract: null,
  });
}
