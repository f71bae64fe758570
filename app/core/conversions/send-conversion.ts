import type { ShopDomain } from "../ids.ts";
import type { Cover } from "../ports/code-stores.ts";
import { CONNECT_AGAIN } from "../orders/impact-need.ts";
import type { Ports } from "../ports/ports.ts";
import type { Connection, ImpactCredentials, Program } from "../program/program.ts";
import type { Problem } from "../result.ts";
import { addressConversions } from "./address-conversions.ts";
import { brokeOffTooOften, sendApart } from "./broken-off.ts";
import type { Conversion } from "./conversion.ts";
import { freeUnlisted } from "./free-unlisted.ts";
import { decidedByNow, holdForClicks, rulesForClicks, sendTold } from "./hold-for-clicks.ts";
import { leaveCreditedOrders } from "./leave-credited-orders.ts";
import { leavePaidBefore } from "./leave-paid-before.ts";
import { leaveReportedParts } from "./leave-reported-parts.ts";
import { postConversions } from "./post-conversions.ts";
import { prepareConversions } from "./prepare-conversions.ts";
import {
  codeUsesOf,
  givenUp,
  isTooLate,
  released,
  saveOutcomes,
  sentAnew,
  type SendOutcome,
} from "./put-back-conversion.ts";
import { attributeAnew } from "./hand-over-orders.ts";
import { toSendJobs, type ToSend } from "./send-jobs.ts";
import { settleEarlierTries } from "./settle-earlier-tries.ts";
import { isUntried } from "./take-back.ts";

/** Longer than the one call it covers may take; after it, another worker may take over. */
const LEASE_MS = 120_000;

/**
 * Sends conversions of one shop to impact.com. Whoever holds a lease sends; everybody else comes back
 * when it ends. What can't go out now is put back with a reason and, where waiting helps, a job for later.
 */
export async function sendConversions(
  ports: Ports,
  { shop, conversionIds }: { shop: ShopDomain; conversionIds: readonly string[] },
): Promise<void> {
  const lease = newLease(ports);
  const claimed = await ports.store.conversions.claimAll(shop, conversionIds, lease);
  const ours = new Set(claimed.map(({ id }) => id));
  const others = conversionIds.filter((id) => !ours.has(id));
  await comeBackAfterLease(ports, shop, others);
  await sendApart(claimed, (some) => sendClaimed(ports, shop, some));
}

async function sendClaimed(
  ports: Ports,
  shop: ShopDomain,
  before: readonly Conversion[],
): Promise<void> {
  const rules = await rulesForClicks(ports, shop, before);
  const claimed = await decidedByNow(ports, shop, { claimed: before, rules });
  const sorted = await sortOut(ports, shop, claimed);
  const held = await holdForClicks(ports, shop, { conversions: sorted.sendable, rules });
  const waiting = new Set(held.map(({ conversion }) => conversion.id));
  const sendable = sorted.sendable.filter(({ id }) => !waiting.has(id));
  const { prepared, outcomes } = await prepareConversions(ports, shop, sendable);
  await saveOutcomes(ports, shop, [...sorted.outcomes, ...held, ...outcomes]);
  await sendTold(ports, shop, { held, rules });
  if (!sorted.target || prepared.length === 0) return;
  const { credentials } = sorted.target;
  const { until } = newLease(ports);
  const unknown = await settleEarlierTries(ports, shop, credentials, prepared);
  const unheard = await freeUnlisted(ports, shop, sorted.target.program, unknown);
  const uncredited = await leaveCreditedOrders(ports, shop, sorted.target, unheard);
  const unpaid = await leavePaidBefore(ports, shop, sorted.target, uncredited);
  const unreported = await leaveReportedParts(ports, shop, sorted.target, unpaid);
  const addressed = await addressConversions(ports, shop, unreported, { ...sorted.target, until });
  const asClaimed = new Map(unreported.map(({ conversion }) => [conversion.id, conversion]));
  const { spellings } = sorted;
  await postConversions(ports, shop, { credentials, spellings, asClaimed }, addressed);
}

function newLease({ clock }: Ports): { now: Date; until: Date } {
  const now = clock.now();
  return { now, until: new Date(now.getTime() + LEASE_MS) };
}

/** Whoever holds the lease may have died with it: then these jobs are the ones that go on. */
async function comeBackAfterLease(
  { store }: Ports,
  shop: ShopDomain,
  conversionIds: readonly string[],
): Promise<void> {
  if (conversionIds.length === 0) return;
  const conversions = await store.conversions.findAll(shop, conversionIds);
  const held = conversions.filter(({ state, leaseUntil }) => state === "sending" && leaseUntil);
  const again = held.map(({ id, eventAt, leaseUntil }): ToSend => ({
    id,
    eventAt,
    startAfter: leaseUntil ?? undefined,
  }));
  await store.queue.sendAll("send-conversion", toSendJobs(shop, again));
}

interface Sorted {
  target: { credentials: ImpactCredentials; program: Program; chosenAt: Date } | null;
  sendable: Conversion[];
  outcomes: SendOutcome[];
  /** How impact.com spells their codes, where that is otherwise. */
  spellings: Map<string, string>;
}

/** What can go out now, and why the others can't. */
async function sortOut(
  ports: Ports,
  shop: ShopDomain,
  claimed: readonly Conversion[],
): Promise<Sorted> {
  const sorted: Sorted = { target: null, sendable: [], outcomes: [], spellings: new Map() };
  if (claimed.length === 0) return sorted;
  const connection = await ports.store.connections.find(shop);
  const covers = await ports.store.codes.listCovers(shop, codeUsesOf(claimed));
  const others = claimed.filter((one) => isAnothers(one, covers));
  await attributeAnew(
    ports,
    shop,
    others.map(({ orderId }) => orderId),
  );
  const now = ports.clock.now();
  if (connection?.program) {
    const { credentials, program, chosenAt } = connection;
    sorted.target = { credentials, program, chosenAt: chosenAt ?? now };
  }
  for (const conversion of claimed) {
    const cover = conversion.code === null ? NEEDS_NONE : (covers.get(conversion.id) ?? NO_COVER);
    const outcome = others.includes(conversion)
      ? sentAnew(conversion, now)
      : whyNot(conversion, { connection, cover, now });
    if (outcome) sorted.outcomes.push(outcome);
    else sorted.sendable.push(conversion);
    if (cover.registeredAs !== null) sorted.spellings.set(conversion.id, cover.registeredAs);
  }
  return sorted;
}

const NO_COVER = {
  ...{ isRegistered: false, isGone: false, paysInstead: null, registeredAs: null },
  ...{ leftEndedId: null, beginsAt: null },
};
/** impact.com finds the partner by the click. */
const NEEDS_NONE = { ...NO_COVER, isRegistered: true };

/** Its code has changed hands since it was attributed, and nothing of it can have reached impact.com. */
function isAnothers(conversion: Conversion, covers: ReadonlyMap<string, Cover>): boolean {
  return isUntried(conversion) && (covers.get(conversion.id)?.isAnothers ?? false);
}

function registeredToAnother({ code }: Conversion, instead: string): Problem {
  const message = `It was not sent: impact.com has ${code} registered to ${instead} by now, and would pay them. Pay the partner who earned it by hand at impact.com.`;
  return { kind: "refused", retry: "never", message };
}

/** Null: it may go. */
function whyNot(
  conversion: Conversion,
  given: { connection: Connection | null; cover: Omit<Cover, "isAnothers">; now: Date },
): SendOutcome | null {
  const { connection, cover, now } = given;
  if (isTooLate(conversion, now)) return givenUp(conversion, "too-late", null, now);
  if (brokeOffTooOften(conversion)) return givenUp(conversion, "broke-off", null, now);
  if (!connection?.program) return released(conversion, "not-connected");
  if (!cover.isRegistered) {
    return cover.isGone
      ? givenUp(conversion, "refused", neverRegistered(conversion), now)
      : released(conversion, "code-not-registered");
  }
  // Its discount has begun before its registration: until that is made anew, impact.com knows no such code.
  if (cover.beginsAt && cover.beginsAt > now) {
    return { ...released(conversion, "code-not-registered"), sendAt: cover.beginsAt };
  }
  if (cover.paysInstead !== null && isUntried(conversion)) {
    return givenUp(conversion, "refused", registeredToAnother(conversion, cover.paysInstead), now);
  }
  const isElsewhere = ![null, connection.credentials.accountSid].includes(conversion.accountSid);
  return isElsewhere ? released(conversion, "not-connected", otherAccount(conversion)) : null;
}

function neverRegistered({ code }: Conversion): Problem {
  const message = `${code} was retired before impact.com had registered it for this order, so it would pay nobody. Pay the partner for this order by hand at impact.com.`;
  return { kind: "never-registered", retry: "never", message };
}

function otherAccount({ accountSid }: Conversion): string {
  return `It was first sent through the impact.com account ${accountSid}, which may have it. ${CONNECT_AGAIN}.`;
}
