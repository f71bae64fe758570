import { isClickId, type Click } from "../attribution/click.ts";
import { sendHeld } from "../conversions/send-held.ts";
import type { Order } from "../orders/order.ts";
import type { ClickLookUp } from "../ports/click-store.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { Connection } from "../program/program.ts";
import { nextAttemptAt } from "../retry.ts";
import { askWhose } from "./ask-whose.ts";
import { askingEndsAt, surelyThereAt } from "./click-hold.ts";
import { clicksOf, isOutOfDate, toldOf } from "./clicks-on.ts";
import { decideByClicks } from "./decide-by-clicks.ts";

type LookUpPorts = Pick<Ports, "store" | "clock" | "impact" | "random">;

/** A click that impact.com has not got yet is asked for again so much later. */
const LOOK_AGAIN_MS = 10 * 60_000;

/**
 * Asks impact.com whose the clicks of an order were, unless it has said so before, and judges the order
 * again if nothing of it can have been reported by then; what was held for it goes out. Asked again as
 * long as an order is held for it: what comes later counts for later orders.
 */
export async function lookUpClick(
  ports: LookUpPorts,
  { shop, orderId, attempts = 0, since }: JobPayloads["look-up-click"],
): Promise<void> {
  const { store, clock } = ports;
  const [order, connection] = await Promise.all([
    store.orders.find(shop, orderId),
    store.connections.find(shop),
  ]);
  if (!order || !connection?.program) return;
  const looked = await lookUpAll(ports, order, connection);
  // Another order's look-up, or one that died, may have asked before.
  if (looked.told > 0 || !looked.open) {
    await decideByClicks(ports, shop, { orderId, asks: false });
    await sendHeld(ports, shop, orderId);
  }
  if (!looked.open) return;
  const now = clock.now();
  const begun = since ? new Date(since) : now;
  const at = nextAttemptAt({ now, attempts, random: ports.random(), notBefore: looked.notBefore });
  if (at > askingEndsAt({ since: begun, placedAt: order.placedAt })) return;
  const again = { shop, orderId, attempts: attempts + 1, since: begun.toISOString() };
  await store.queue.send("look-up-click", again, { startAfter: at });
}

interface Looked {
  /** Of how many impact.com has said something now. */
  told: number;
  /** Of some it may say something later, if not before that time. */
  open: boolean;
  notBefore?: Date | undefined;
}

async function lookUpAll(
  ports: LookUpPorts,
  order: Order,
  { credentials, program }: Connection,
): Promise<Looked> {
  const { store, clock } = ports;
  const { shop, placedAt } = order;
  const told = await toldOf(store.clicks, order);
  const clicks = clicksOf({ clicks: told, placedAt }, [], { lookUps: new Map(), refusals: [] });
  const usable = clicks.filter(({ clickId }) => isClickId(clickId));
  const before = await store.clicks.listLookUps(
    shop,
    usable.map(({ clickId }) => clickId),
  );
  const asked = { shop, credentials, programId: program?.programId ?? "" };
  const looked: Looked = { told: 0, open: false };
  for (const click of usable) {
    const { clickId } = click;
    const last = before.get(clickId);
    if (last && !isAskedAgain(last, placedAt)) continue;
    const thereAt = last?.verdict === "unknown-there" ? LONG_AGO : surelyThereAt(click, placedAt);
    const { verdict, problem } = await askWhose(ports, asked, { clickId, thereAt });
    if (verdict) {
      looked.told += 1;
    } else {
      looked.open = true;
      looked.notBefore = problem ? problem.retryAt : lookAgainAt(click, placedAt, clock.now());
      if (problem) return looked;
    }
  }
  return looked;
}

/** One that an earlier order waited for in vain is asked for once: this order doesn't wait for it. */
const LONG_AGO = new Date(0);

function isAskedAgain(last: ClickLookUp, placedAt: Date): boolean {
  return last.verdict === "not-told" || isOutOfDate(last, placedAt);
}

function lookAgainAt(click: Click, placedAt: Date, now: Date): Date {
  const there = surelyThereAt(click, placedAt).getTime() + 1_000;
  return new Date(Math.min(there, now.getTime() + LOOK_AGAIN_MS));
}
