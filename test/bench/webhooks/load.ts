import { createHmac, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/** What the generator is told: where to send, for how long, and how. */
export interface LoadOrder {
  url: string;
  /** Lines of { shop, orderId, body }. */
  file: string;
  secret: string;
  seconds: number;
  connections: number;
  /** Every delivery gets an order id of its own; otherwise each order is sent once, as it is. */
  renumber: boolean;
  /** Deliveries a second, evenly; 0: as many as are acknowledged. */
  rate: number;
  /** The first order of the file to send. */
  from: number;
}

export interface LoadResult {
  acknowledged: number;
  refused: number;
  seconds: number;
  p99Ms: number;
}

interface Line {
  shop: string;
  orderId: string;
  body: string;
}

let nextId = 9_500_000_000_000_000n + BigInt(Date.now() % 1_000_000) * 1_000_000n;

process.on("message", (order: LoadOrder) => {
  void run(order).then((result) => process.send?.(result));
});

async function run(order: LoadOrder): Promise<LoadResult> {
  const lines = readFileSync(order.file, "utf8").trimEnd().split("\n");
  const agent = new Agent({ keepAlive: true, maxSockets: order.connections });
  const took: number[] = [];
  let refused = 0;
  let next = order.from;
  const start = performance.now();
  const end = start + order.seconds * 1_000;

  const sendInTurn = async () => {
    for (;;) {
      const turn = next - order.from;
      const isOver = performance.now() >= end || (!order.renumber && next >= lines.length);
      if (isOver) return;
      next += 1;
      const line = JSON.parse(lines[(order.from + turn) % lines.length] ?? "") as Line;
      const body = order.renumber ? renumbered(line) : line.body;
      if (order.rate > 0) await untilDue(start + (turn * 1_000) / order.rate);
      const sentAt = performance.now();
      const status = await post(agent, order, line.shop, body);
      if (status === 200) took.push(performance.now() - sentAt);
      else refused += 1;
    }
  };
  await Promise.all(Array.from({ length: order.connections }, sendInTurn));
  const seconds = (performance.now() - start) / 1_000;
  agent.destroy();
  took.sort((a, b) => a - b);
  const p99Ms = took[Math.floor(took.length * 0.99)] ?? 0;
  return { acknowledged: took.length, refused, seconds, p99Ms };
}

function renumbered({ body, orderId }: Line): string {
  nextId += 1n;
  return body.replaceAll(orderId, `${nextId}`);
}

async function untilDue(at: number): Promise<void> {
  const ahead = at - performance.now();
  if (ahead > 0) await pause(ahead);
}

function post(agent: Agent, order: LoadOrder, shop: string, body: string): Promise<number> {
  const bytes = Buffer.from(body);
  const headers = {
    "content-type": "application/json",
    "content-length": bytes.length,
    "x-shopify-topic": "orders/create",
    "x-shopify-shop-domain": shop,
    "x-shopify-api-version": "2026-07",
    "x-shopify-webhook-id": randomUUID(),
    "x-shopify-event-id": randomUUID(),
    "x-shopify-triggered-at": new Date().toISOString(),
    "x-shopify-hmac-sha256": createHmac("sha256", order.secret).update(bytes).digest("base64"),
  };
  return new Promise((resolve) => {
    const sent = request(order.url, { method: "POST", agent, headers }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0));
      response.on("error", () => resolve(0));
    });
    sent.on("error", () => resolve(0));
    sent.end(bytes);
  });
}
