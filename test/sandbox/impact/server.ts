import { createServer, STATUS_CODES } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { answer } from "./answer.ts";
import { checkRequest } from "./api/check-request.ts";
import { readBody } from "#test/sandbox/read-body.ts";
import { createFaults } from "./http/faults.ts";
import type { Faults } from "./http/faults.ts";
import { refusal } from "./http/reply.ts";
import type { Reply } from "./http/reply.ts";
import { json, xml } from "./http/wire.ts";
import type { LoggedRequest } from "./logged-request.ts";
import type { ImpactState } from "./state.ts";

export interface ImpactServer {
  /** In place of https://api.impact.com. */
  url: string;
  state: ImpactState;
  requests: LoggedRequest[];
  faults: Faults;
  close(): Promise<void>;
}

interface Running {
  state: ImpactState;
  requests: LoggedRequest[];
  faults: Faults;
  latencyMs: number;
}

export async function startImpact(
  state: ImpactState,
  options: { port?: number; latencyMs?: number } = {},
): Promise<ImpactServer> {
  const requests: LoggedRequest[] = [];
  const faults = createFaults();
  const running = { state, requests, faults, latencyMs: options.latencyMs ?? 0 };
  const server = createServer((incoming, outgoing) => {
    serve(running, incoming, outgoing).catch((error: unknown) => {
      // A caller that was killed half-way through its request is no fault of the stand-in.
      if (incoming.complete) console.error("The impact.com stand-in failed", error);
      outgoing.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    state,
    requests,
    faults,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  { state, requests, faults, latencyMs }: Running,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const request = await readRequest(incoming, state.clock.now());
  requests.push(request);
  const fault = faults.take(request);
  const delay = latencyMs + faults.delayMs();
  if (delay > 0) await sleep(delay, undefined, { ref: false });

  if (fault?.kind === "hang up before accepting") {
    request.outcome = "hung up before accepting";
    outgoing.destroy();
    return;
  }
  const authorization = incoming.headers.authorization ?? "";
  const reply =
    fault?.kind === "fail"
      ? failure(fault.status)
      : answer(state, request, authorization, fault?.kind === "rate limit");
  if (fault?.kind === "hang up after accepting") {
    request.outcome = "hung up after accepting";
    outgoing.destroy();
    return;
  }
  request.outcome = reply.status;
  send(outgoing, reply, request, state);
}

async function readRequest(incoming: IncomingMessage, at: Date): Promise<LoggedRequest> {
  const body = await readBody(incoming);
  const { pathname, searchParams } = new URL(incoming.url ?? "/", "http://impact");
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers))
    if (name !== "authorization") headers[name] = String(value);
  const method = incoming.method ?? "";
  const form = new URLSearchParams(body);
  const violations = checkRequest({
    method,
    path: pathname,
    query: searchParams,
    body,
    form,
    contentType: headers["content-type"] ?? "",
    accept: headers.accept ?? "",
    version: headers["ir-version"] ?? "",
  });
  return {
    at,
    method,
    path: pathname,
    query: searchParams,
    headers,
    body,
    form,
    violations,
    outcome: null,
  };
}

/** A gateway's 502, 503 and 504 bear no envelope. */
function failure(status: number): Reply {
  const reply = refusal(status, status === 200 ? "Not carried out" : "Internal error");
  const title = STATUS_CODES[status] ?? "";
  return status > 500 ? { ...reply, html: `<html><h1>${status} ${title}</h1></html>` } : reply;
}

function send(
  outgoing: ServerResponse,
  reply: Reply,
  request: LoggedRequest,
  state: ImpactState,
): void {
  const [type, content] = render(reply, request, state);
  outgoing.writeHead(reply.status, { ...reply.headers, "Content-Type": `${type};charset=UTF-8` });
  outgoing.end(content);
}

function render(reply: Reply, request: LoggedRequest, state: ImpactState): [string, string] {
  if (reply.html !== undefined) return ["text/html", reply.html];
  const isJson = (request.headers.accept ?? "").includes("application/json");
  return isJson
    ? ["application/json", json(reply.body, state.rules.scalars)]
    : ["application/xml", xml(reply.body)];
}
