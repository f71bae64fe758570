import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { keptConnection } from "./keep-alive.ts";
import { prepare, renumbered, type Prepared } from "./prepared.ts";

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
}

export interface LoadResult {
  acknowledged: number;
  refused: number;
  seconds: number;
  p99Ms: number;
}

let nextId = 9_500_000_000_000_000n + BigInt(Date.now() % 1_000_000) * 1_000_000n;

process.on("message", (order: LoadOrder) => {
  void run(order).then((result) => process.send?.(result));
});

async function run(order: LoadOrder): Promise<LoadResult> {
  // Before the clock starts: none of it is what is measured.
  const deliveries = prepare(order.file, order.secret);
  const url = new URL(order.url);
  const took: number[] = [];
  let refused = 0;
  let next = 0;
  const start = performance.now();
  const end = start + order.seconds * 1_000;

  const sendInTurn = async () => {
    const connection = keptConnection(url);
    for (;;) {
      const turn = next;
      const delivery = deliveries[turn % deliveries.length];
      const isOver = performance.now() >= end || (!order.renumber && turn >= deliveries.length);
      if (isOver || !delivery) return connection.end();
      next += 1;
      const request = requestOf(
        order.renumber ? ofNextOrder(delivery, order.secret) : delivery,
        url,
      );
      if (order.rate > 0) await untilDue(start + (turn * 1_000) / order.rate);
      const sentAt = performance.now();
      const status = await connection.ask(request).catch(() => 0);
      if (status === 200) took.push(performance.now() - sentAt);
      else refused += 1;
    }
  };
  await Promise.all(Array.from({ length: order.connections }, sendInTurn));
  const seconds = (performance.now() - start) / 1_000;
  took.sort((a, b) => a - b);
  const p99Ms = took[Math.floor(took.length * 0.99)] ?? 0;
  return { acknowledged: took.length, refused, seconds, p99Ms };
}

function ofNextOrder(delivery: Prepared, secret: string): Prepared {
  nextId += 1n;
  return renumbered(delivery, `${nextId}`, secret);
}

async function untilDue(at: number): Promise<void> {
  const ahead = at - performance.now();
  if (ahead > 0) await pause(ahead);
}

function requestOf({ shop, body, hmac }: Prepared, url: URL): Buffer {
  const head = `POST ${url.pathname} HTTP/1.1\r
host: ${url.host}\r
content-type: application/json\r
content-length: ${body.length}\r
x-shopify-topic: orders/create\r
x-shopify-shop-domain: ${shop}\r
x-shopify-api-version: 2026-07\r
x-shopify-webhook-id: ${randomUUID()}\r
x-shopify-event-id: ${randomUUID()}\r
x-shopify-triggered-at: ${new Date().toISOString()}\r
x-shopify-hmac-sha256: ${hmac}\r
connection: keep-alive\r
\r
`;
  return Buffer.concat([Buffer.from(head, "latin1"), body]);
}
