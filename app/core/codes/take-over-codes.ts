import type { ShopDomain } from "../ids.ts";
import type { ImpactProblem, ListedPromoCode } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { StandingCode } from "../ports/standing-code-stores.ts";
import type { Stores } from "../ports/store.ts";
import { isStillChosen } from "../program/is-still-chosen.ts";
import { nextAttemptAt } from "../retry.ts";
import { standingOf } from "../uploads/look-up-at-impact.ts";
import { untoldUntil } from "./goes-on-at.ts";
import { registrationJobs } from "./register-codes.ts";
import { registrationTerms } from "./registration-terms.ts";
import { sendUnsent } from "./send-unsent.ts";
import { takeStanding } from "./take-standing.ts";
import { hasEnded } from "./why-ended.ts";

/** One job lasts no longer; what is left is the next one's. */
const LONGEST_MS = 60_000;
/** Some hours of tries: then each code is asked about by itself, and says what is wrong. */
const MOST_TRIES = 10;

type Look = JobPayloads["take-over-codes"];

/**
 * Reads the program's registrations page by page and takes over what stands there of codes that may
 * have one, instead of asking for each; then registers what is missing. Each page is stored before the
 * next is read: a job that is run once more finds less to take over.
 */
export async function takeOverCodes(ports: Ports, look: Look): Promise<void> {
  const { shop, programId, codes } = look;
  const { store, impact, clock } = ports;
  const endsAt = clock.now().getTime() + LONGEST_MS;
  for (let { page } = look; ; page += 1) {
    const connection = await store.connections.find(shop);
    // Whoever chooses another program begins anew.
    if (connection?.program?.programId !== programId) return;
    if (clock.now().getTime() > endsAt) {
      return store.queue.send("take-over-codes", { ...look, page });
    }
    const query = { programId, page, now: clock.now(), priority: "registration" as const };
    const read = await impact.listPromoCodes(connection.credentials, query);
    if (!read.ok) return putOff(ports, { ...look, page }, read.problem);
    const { promoCodes, pages } = read.value;
    if (!(await takeIn(ports, { shop, programId }, promoCodes))) return;
    const isWhole = page >= pages;
    // More pages than codes: then asking for each costs less.
    if (isWhole || pages > codes) return registerMissing(ports, shop, { isWhole });
  }
}

/** Once their codes are registered, orders that waited for them go. False: another program is chosen by now. */
async function takeIn(
  { store, clock }: Ports,
  { shop, programId }: Pick<Look, "shop" | "programId">,
  listed: readonly ListedPromoCode[],
): Promise<boolean> {
  const there = standingOf(listed);
  const now = clock.now();
  const standing: StandingCode[] = [];
  const differing: { codeId: string; problem: string }[] = [];
  for (const waiting of await store.codes.findToAsk(shop, [...there.keys()])) {
    const { code, discount } = waiting;
    // One that has ended is only registered where orders wait for it, which is looked at there.
    if (!code.partner || hasEnded(registrationTerms(code, discount).endsAt, now)) continue;
    const { partnerId } = code.partner;
    const found = (there.get(code.code) ?? []).map((one) => takeStanding(one, waiting, now));
    const taken = found.find(({ ok }) => ok) ?? found[0];
    if (taken?.ok) standing.push({ ...taken.value, codeId: code.id, partnerId });
    else if (taken) differing.push({ codeId: code.id, problem: taken.problem.message });
  }
  return store.inTransaction(async (tx) => {
    if (!(await isStillChosen(tx, shop, programId))) return false;
    const codeIds = await tx.codes.saveStanding(shop, standing, now);
    await tx.codes.saveDiffering(shop, differing, now);
    const unsent = await tx.conversions.listUnsentForCodes(shop, codeIds);
    await sendUnsent(tx, shop, unsent, now);
    return true;
  });
}

/** Goes on later with the page that could not be read, where that can help. */
async function putOff(ports: Ports, look: Look, problem: ImpactProblem): Promise<void> {
  const { store, clock, random } = ports;
  const { shop, attempts = 0 } = look;
  const untold = untoldUntil(ports, problem);
  if (untold) return store.queue.send("take-over-codes", look, { startAfter: untold });
  if (problem.kind !== "unavailable" || attempts >= MOST_TRIES) {
    return registerMissing(ports, shop, { isWhole: false });
  }
  const startAfter = nextAttemptAt({ now: clock.now(), attempts, random: random() });
  const next = { ...look, attempts: attempts + 1 };
  await store.queue.send("take-over-codes", next, { startAfter });
}

async function registerMissing(
  { store, clock }: Ports,
  shop: ShopDomain,
  { isWhole }: { isWhole: boolean },
): Promise<void> {
  await store.inTransaction(async (tx) => {
    if (isWhole) await tx.codes.forgetTries(shop);
    await registerWaiting(tx, shop, clock.now());
  });
}

/** Registers every live code that waits for a registration of its own, one by one. Part of a transaction. */
export async function registerWaiting(tx: Stores, shop: ShopDomain, now: Date): Promise<void> {
  const codeIds = await tx.codes.listUnregistered(shop, now);
  await tx.queue.sendAll("register-codes", registrationJobs(shop, codeIds));
}
