import { readFile } from "node:fs/promises";
import pg from "pg";
import { freePort } from "#app/adapters/postgres/free-port.ts";
import { appEnv } from "#test/sandbox/demo/app-env.ts";
import type { DemoMerchant } from "#test/sandbox/demo/demo-merchant.ts";
import { PROGRAM, startDemoWorld, type DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import type { AtEnd } from "../on-own-server.ts";
import { setUpShop } from "#test/sandbox/demo/set-up-shop.ts";
import { startApp, type RunningApp } from "#test/sandbox/demo/start-app.ts";
import { addPartner } from "#test/sandbox/impact/create-state.ts";
import type { Account } from "#test/sandbox/impact/state.ts";

export interface UploadWorld {
  world: DemoWorld;
  account: Account;
  merchant: DemoMerchant;
  /** Where the codes of the file are made. */
  discountId: string;
  client: pg.Client;
  /** The most that the process has taken so far. */
  webMb(): Promise<number>;
  workerMb(): Promise<number>;
}

/** The code that the discount is made with. */
export const FIRST_CODE = "BENCH";
/** In MB, of JavaScript's own heap: out of it, a process ends. Without a limit it grows at leisure. */
const HEAP = "--max-old-space-size=128";
/** impact.com's limit is that of an hour; nobody waits for one here. */
const IMPACT_HOUR_MS = 60_000;

/** Web and worker as processes of their own between the stand-ins, and a shop that is set up. */
export async function startUploadWorld(databaseUrl: string, atEnd: AtEnd): Promise<UploadWorld> {
  const port = await freePort();
  const world = await startDemoWorld({ appUrl: () => `http://127.0.0.1:${port}` });
  atEnd(() => world.close());
  const [account] = world.impactState.accounts;
  if (!account) throw new Error("The demo has no account at impact.com.");
  namePartners(account);
  world.impactState.rules.limitWindowMs = IMPACT_HOUR_MS;
  // What the app does with Shopify's word of each code is what the webhooks benchmark measures.
  world.shopify.settings.announce = () => undefined;
  const { env, ...settings } = appEnv(world, "unused");
  const given = { ...settings, env: { ...env, DATABASE_URL: databaseUrl, NODE_OPTIONS: HEAP } };
  const web = await startApp({ ...given, port, args: ["--web-only"] });
  atEnd(() => web.stop());
  const worker = await startApp({ ...given, port: await freePort(), args: ["--worker-only"] });
  atEnd(() => worker.stop());
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  atEnd(() => client.end());
  const codes: [string, string][] = [["10001", FIRST_CODE]];
  const discount = { title: "Creators", percentage: "15", codes };
  const { merchant } = await setUpShop(world, world.shop, discount, () => undefined);
  const { rows } = await client.query<{ id: string }>(`SELECT "id" FROM "Discount"`);
  const known = { world, account, merchant, client, discountId: rows[0]?.id ?? "" };
  return { ...known, webMb: () => peakMb(web), workerMb: () => peakMb(worker) };
}

/** The 500 that the file names; two of them share a name. */
function namePartners(account: Account): void {
  account.partners = [];
  account.contracts = [];
  const startsAt = new Date("2026-01-01T00:00:00Z");
  const { programId } = PROGRAM;
  for (let at = 0; at < 500; at += 1) {
    const id = String(10_000 + at);
    const contract = { programId, payoutPercent: 10, startsAt, state: "ACTIVE" as const };
    const email = `hello+${id}@partners.example`;
    addPartner(account, { id, name: `Partner ${at % 499}`, email, contract });
  }
}

async function peakMb({ child }: RunningApp): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024);
}
