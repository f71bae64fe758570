import type { DeliveryEngine } from "./delivery-engine.ts";
import type { PendingWork } from "./pending-work.ts";
import type { WebhookDelivery } from "./webhook-delivery.ts";

/** Takes deliveries in and, on command, mistreats them the ways Shopify may. */
export interface DeliveryDesk {
  accept(delivery: WebhookDelivery): void;
  /** The next delivery goes out `times` times at once. */
  duplicateNext(times: number): void;
  /** The next delivery starts this much later, in real milliseconds. */
  delayNext(ms: number): void;
  /** While on, deliveries are held; switched off, they arrive last first. `idle` switches it off. */
  reorder(on: boolean): void;
  /** The next `count` deliveries are lost for good. */
  dropNext(count?: number): void;
  /** The next `count` attempts fail before they reach the app, and are retried. */
  failNext(count?: number): void;
}

export function createDeliveryDesk(engine: DeliveryEngine, work: PendingWork): DeliveryDesk {
  let copies = 1;
  let delayMs = 0;
  let drops = 0;
  let held: WebhookDelivery[] | null = null;

  async function start(delivery: WebhookDelivery, delay: number, times: number): Promise<void> {
    if (delay > 0 && !(await work.wait(delay))) return;
    const sent = [delivery, ...Array.from({ length: times - 1 }, () => ({ ...delivery }))];
    await Promise.all(sent.map((copy) => engine.deliver(copy)));
  }

  async function releaseLastFirst(deliveries: WebhookDelivery[]): Promise<void> {
    for (const delivery of deliveries.toReversed()) await engine.deliver(delivery);
  }

  return {
    accept(delivery) {
      engine.remember(delivery);
      if (drops > 0) {
        drops -= 1;
        engine.log(delivery, "dropped");
        return;
      }
      if (held) {
        held.push(delivery);
        return;
      }
      work.track(start(delivery, delayMs, copies));
      delayMs = 0;
      copies = 1;
    },
    duplicateNext(times) {
      copies = times;
    },
    delayNext(ms) {
      delayMs = ms;
    },
    reorder(on) {
      if (on) {
        held ??= [];
      } else if (held) {
        work.track(releaseLastFirst(held));
        held = null;
      }
    },
    dropNext(count = 1) {
      drops += count;
    },
    failNext(count = 1) {
      engine.failures += count;
    },
  };
}
