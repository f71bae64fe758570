import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { createAdminFaults } from "#test/sandbox/shopify/admin/admin-faults.ts";
import type { AdminFaults } from "#test/sandbox/shopify/admin/admin-faults.ts";
import { createAdminJobs } from "#test/sandbox/shopify/admin/admin-jobs.ts";
import { adminCall } from "#test/sandbox/shopify/admin/admin-call.ts";
import type { AdminCall } from "#test/sandbox/shopify/admin/admin-call.ts";
import { versionInPath } from "#test/sandbox/shopify/admin/admin-request.ts";
import type { AdminRequest } from "#test/sandbox/shopify/admin/admin-request.ts";
import { answerAdminRequest } from "#test/sandbox/shopify/admin/answer-admin-request.ts";
import type {
  AdminAnswer,
  AdminSettings,
} from "#test/sandbox/shopify/admin/answer-admin-request.ts";
import { readBody } from "#test/sandbox/read-body.ts";
import type { ShopifyState } from "#test/sandbox/shopify/state.ts";

export interface ShopifyOptions {
  latencyMs?: number;
  port?: number;
  /** How long asynchronous jobs take on the state's clock; 0: done at the next request. */
  jobDurationMs?: number;
  throttleStatus?: 200 | 429;
  redeemCodeErrorsCarryCode?: boolean;
  announce?: AdminSettings["announce"];
}

export interface ShopifyServer {
  url: string;
  state: ShopifyState;
  /** GraphQL calls, oldest first. */
  calls: AdminCall[];
  faults: AdminFaults;
  settings: AdminSettings;
  close(): Promise<void>;
}

async function readRequest(message: IncomingMessage): Promise<AdminRequest> {
  const body = await readBody(message);
  return {
    method: message.method ?? "GET",
    path: new URL(message.url ?? "/", "http://shopify.test").pathname,
    headers: message.headers,
    body,
  };
}

function send(response: ServerResponse, answer: AdminAnswer): void {
  response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
  response.end(JSON.stringify(answer.body));
}

interface Running {
  state: ShopifyState;
  settings: AdminSettings;
  faults: AdminFaults;
  calls: AdminCall[];
  latencyMs: number;
}

async function respond(
  { state, settings, faults, calls, latencyMs }: Running,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = await readRequest(message);
  const isGraphql = versionInPath(request.path) !== null;
  const { failWith, throttle, hangUp, delayMs } = faults.take(isGraphql);
  if (latencyMs + delayMs > 0) await pause(latencyMs + delayMs);
  const answer: AdminAnswer = failWith
    ? { status: failWith, body: { errors: `HTTP ${failWith}, on command` } }
    : await answerAdminRequest(state, settings, request, throttle);
  const call = adminCall(request, answer.status, answer.cost ?? null);
  if (call) calls.push(call);
  if (hangUp) message.socket.destroy();
  else send(response, answer);
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Starts the Admin side of the Shopify stand-in on 127.0.0.1; the shop is in x-forwarded-host. */
export async function startShopify(
  state: ShopifyState,
  options: ShopifyOptions = {},
): Promise<ShopifyServer> {
  const settings: AdminSettings = {
    jobs: createAdminJobs(options.jobDurationMs ?? 0),
    throttleStatus: options.throttleStatus ?? 200,
    redeemCodeErrorsCarryCode: options.redeemCodeErrorsCarryCode ?? true,
    redeemCodesAreIndexed: true,
    removedCodesAreFound: false,
    redeemCodesAreListed: true,
    codesAreCountedTo: Infinity,
    lastRedeemCodeStays: false,
    deniedFields: [],
    announce: options.announce ?? (() => undefined),
  };
  const faults = createAdminFaults();
  const calls: AdminCall[] = [];
  const running: Running = { state, settings, faults, calls, latencyMs: options.latencyMs ?? 0 };
  const server = createServer((message, response) => {
    respond(running, message, response).catch((error: unknown) => {
      send(response, { status: 500, body: { errors: String(error) } });
    });
  });
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return { url, state, calls, faults, settings, close: () => close(server) };
}
