import { groupBy } from "../group-by.ts";
import { inParts } from "../in-parts.ts";
import type { IntakeStore } from "../ports/intake-store.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobName, JobPayloads, Queue } from "../ports/queue.ts";
import type { Delivery, IncomingDelivery } from "./delivery.ts";

interface IntakePorts {
  store: IntakeStore;
  clock: Ports["clock"];
}

/** A worker ends one within a second, so that it can stop when it has to. */
const MOST_IN_JOB = 50;

/**
 * Takes in verified webhook deliveries: their rows and their jobs in one transaction, nothing else
 * before the answer. A repeat of the same webhook id is counted and makes no second job.
 * A throw means that none was stored, and must become a 5xx so that Shopify sends them again.
 */
export async function receiveDeliveries(
  { store, clock }: IntakePorts,
  deliveries: readonly IncomingDelivery[],
): Promise<void> {
  await store.inTransaction(async (tx) => {
    const states = deliveries.map((delivery) => ({ delivery, state: stateOf(delivery) }));
    const ids = await tx.deliveries.record(states, clock.now());
    const jobs = deliveries.flatMap((delivery, index) => {
      const id = ids[index];
      const job = id ? jobFor(delivery, id) : null;
      return job ? [job] : [];
    });
    await sendJobs(tx.queue, jobs, clock.now());
  });
}

/** The same for one. */
export function receiveDelivery(ports: IntakePorts, delivery: IncomingDelivery): Promise<void> {
  return receiveDeliveries(ports, [delivery]);
}

/** A delivery waits for its job, unless the job carries all of it or there is none. */
function stateOf(delivery: IncomingDelivery): Delivery["state"] {
  if (delivery.content.kind === "unusable") return "failed";
  const payload = jobFor(delivery, "")?.payload ?? {};
  return "deliveryIds" in payload || "deliveryId" in payload ? "received" : "processed";
}

type NewJob = {
  [Name in JobName]: { name: Name; payload: JobPayloads[Name]; waitMs?: number };
}[JobName];

/** Until then all deliveries of one minute have come. */
const MINUTE_OVER_MS = 70_000;

/** Null for a notice that asks nothing of us. */
function jobFor(delivery: IncomingDelivery, deliveryId: string): NewJob | null {
  const { shop, topic, content } = delivery;
  switch (content.kind) {
    case "order":
    case "refund":
    case "order-deleted":
      return { name: "process-delivery", payload: { shop, deliveryIds: [deliveryId] } };
    case "order-changed":
      return {
        name: "fetch-order",
        payload: { shop, orderId: content.orderId, ...changedAt(delivery, EDIT_TOLD_MS) },
      };
    case "unusable": {
      // The order it was about can still be asked for.
      const { orderId, placedAt } = content;
      if (!orderId) return null;
      const known = placedAt ? { placedAt: placedAt.toISOString() } : {};
      return { name: "fetch-order", payload: { shop, orderId, ...known, ...changedAt(delivery) } };
    }
    case "discount-changed": {
      const { shopifyId, isOfMany } = content;
      const payload = { shop, deliveryId, shopifyId };
      if (!isOfMany) return { name: "look-at-discount", payload };
      const ofMany = { ...payload, isOfMany };
      return { name: "look-at-discount", payload: ofMany, waitMs: MINUTE_OVER_MS };
    }
    case "redact-orders": {
      const { orderIds } = content;
      return { name: "redact-orders", payload: { shop, deliveryId, orderIds } };
    }
    case "export-orders": {
      const { orderIds } = content;
      return { name: "answer-data-request", payload: { shop, deliveryId, orderIds } };
    }
    case "scopes-changed":
      return { name: "follow-scopes", payload: { shop, deliveryId, scopes: content.scopes } };
    case "notice":
      return noticeJob(topic, { shop, deliveryId });
  }
}

/** An edit is told of twice: the order's own update, which comes beside it, may be that much older. */
const EDIT_TOLD_MS = 10_000;

/** Any later version of the order holds the change that a delivery told of. */
function changedAt({ triggeredAt }: IncomingDelivery, earlierMs = 0): { changedAt?: string } {
  return triggeredAt
    ? { changedAt: new Date(triggeredAt.getTime() - earlierMs).toISOString() }
    : {};
}

function noticeJob(topic: string, payload: JobPayloads["erase-shop"]): NewJob | null {
  if (topic === "app/uninstalled") return { name: "uninstall-shop", payload };
  if (topic === "shop/update") return { name: "refresh-shop", payload };
  if (topic === "shop/redact") return { name: "erase-shop", payload };
  return null;
}

/** One statement for each kind of job. */
async function sendJobs(queue: Queue, jobs: readonly NewJob[], now: Date): Promise<void> {
  for (const [name, alike] of groupBy(shareJobs(jobs), (job) => job.name)) {
    await queue.sendAll(
      name,
      alike.map(({ payload, waitMs }) => ({
        payload,
        ...(waitMs !== undefined && {
          options: { startAfter: new Date(now.getTime() + waitMs) },
        }),
      })),
    );
  }
}

/** A job costs as much as storing its delivery does: those of one shop share one. */
function shareJobs(jobs: readonly NewJob[]): NewJob[] {
  const others = jobs.filter(({ name }) => name !== "process-delivery");
  const toProcess = jobs.flatMap((job) => (job.name === "process-delivery" ? [job.payload] : []));
  const byShop = groupBy(toProcess, ({ shop }) => shop);
  const shared = [...byShop].flatMap(([shop, payloads]) =>
    inParts(
      payloads.flatMap(({ deliveryIds }) => deliveryIds),
      MOST_IN_JOB,
    ).map((deliveryIds): NewJob => ({
      name: "process-delivery",
      payload: { shop, deliveryIds },
    })),
  );
  return [...others, ...shared];
}
