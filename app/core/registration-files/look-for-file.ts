import { normalizeCode } from "../codes/code-text.ts";
import { otherSpelling } from "../codes/registered-as.ts";
import { later, registrationTerms, startToCome } from "../codes/registration-terms.ts";
import { sendUnsent } from "../codes/send-unsent.ts";
import { whyNotOurs } from "../codes/why-not-ours.ts";
import type { ImpactProblem, ListedPromoCode } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { ArrivedCode, FileCode } from "../ports/registration-file-stores.ts";
import type { Problem } from "../result.ts";
import { nextAttemptAt } from "../retry.ts";
import { nextLookAt, type RegistrationFile } from "./registration-file.ts";

/** One job lasts no longer; what is left is the next one's. */
const LONGEST_MS = 60_000;

type LookPorts = Pick<Ports, "store" | "impact" | "clock" | "random">;
type Look = JobPayloads["look-for-file"];

/**
 * Reads the program's registrations from impact.com, page by page, and takes in what has arrived of a
 * file. Each page is stored before the next is read, so that a killed look goes on where it was.
 */
export async function lookForFile(ports: LookPorts, look: Look): Promise<void> {
  const { shop, fileId } = look;
  const { store, impact, clock } = ports;
  const endsAt = clock.now().getTime() + LONGEST_MS;
  for (let { page } = look; ; page += 1) {
    const file = await store.registrationFiles.find(shop, fileId);
    if (file?.state !== "open" || file.lookId !== look.lookId) return;
    if (clock.now().getTime() > endsAt) return store.queue.send("look-for-file", { ...look, page });
    const connection = await store.connections.find(shop);
    const { programId } = file;
    if (connection?.program?.programId !== programId) return putOff(ports, file, look, OTHER);
    const query = { programId, page, now: clock.now() };
    const read = await impact.listPromoCodes(connection.credentials, query);
    if (!read.ok) return putOff(ports, file, { ...look, page }, read.problem);
    await takeIn(ports, file, read.value.promoCodes);
    if (page >= read.value.pages) return endLook(ports, file);
  }
}

/** Registered codes let their orders go, as any registration does. */
async function takeIn(
  { store, clock }: LookPorts,
  { shop, id }: RegistrationFile,
  listed: readonly ListedPromoCode[],
): Promise<void> {
  const standing = new Map(
    listed
      .filter(({ isEnded, isPattern }) => !isEnded && !isPattern)
      .map((one) => [normalizeCode(one.code), one]),
  );
  if (standing.size === 0) return;
  const waiting = await store.registrationFiles.findWaiting(shop, id, [...standing.keys()]);
  const now = clock.now();
  const arrived: ArrivedCode[] = [];
  const differing: { codeId: string; problem: string }[] = [];
  for (const one of waiting) {
    const found = standing.get(one.code.code);
    if (!found) continue;
    const problem = whyDifferent(one, found, now);
    if (problem) differing.push({ codeId: one.code.id, problem });
    else {
      const registeredFrom = startToCome(found.startsAt, now);
      arrived.push({ ...spelled(one, found), codeId: one.code.id, registeredFrom });
    }
  }
  await store.inTransaction(async (tx) => {
    const codeIds = await tx.registrationFiles.saveArrived(shop, id, arrived, now);
    await tx.registrationFiles.saveDiffering(shop, id, differing);
    const unsent = await tx.conversions.listUnsentForCodes(shop, codeIds);
    await sendUnsent(tx, shop, unsent, now);
  });
}

function spelled({ code }: FileCode, { promoCodeId, code: there }: ListedPromoCode) {
  return { promoCodeId, registeredAs: otherSpelling(there, code.code) };
}

function whyDifferent(
  { code, discount }: FileCode,
  found: ListedPromoCode,
  now: Date,
): string | null {
  if (!code.partner) return null;
  const { startsAt, endsAt, reach } = registrationTerms(code, discount);
  // One that stands there can't be made to have begun earlier.
  const during = { startsAt: later(startsAt, now), endsAt };
  const { partnerId } = code.partner;
  const reason = whyNotOurs(found, { code: code.code, partnerId, reach, during });
  return reason && `${reason}. Expire it there, then try again.`;
}

async function endLook(
  { store, clock }: LookPorts,
  { shop, id: fileId, lookId }: RegistrationFile,
): Promise<void> {
  await store.inTransaction(async (tx) => {
    const file = await tx.registrationFiles.find(shop, fileId);
    if (file?.state !== "open" || file.lookId !== lookId) return;
    const now = clock.now();
    const { waiting } = await tx.registrationFiles.countCodes(shop, fileId);
    const looked = { ...file, looks: file.looks + 1, lookedAt: now, problem: null };
    if (waiting === 0) {
      const done = { ...looked, state: "done", finishedAt: now, nextLookAt: null } as const;
      await tx.registrationFiles.save(shop, done);
      return;
    }
    const startAfter = nextLookAt(file, now);
    await tx.registrationFiles.save(shop, { ...looked, nextLookAt: startAfter });
    const next = { shop, fileId, lookId, page: 1 };
    if (startAfter) await tx.queue.send("look-for-file", next, { startAfter });
  });
}

/** Goes on later with the page that could not be read. */
async function putOff(
  { store, clock, random }: LookPorts,
  file: RegistrationFile,
  look: Look,
  problem: ImpactProblem | Problem,
): Promise<void> {
  const { attempts = 0 } = look;
  const now = clock.now();
  const at = { now, attempts, random: random(), notBefore: problem.retryAt };
  const startAfter = problem.retry === "never" ? nextLookAt(file, now) : nextAttemptAt(at);
  await store.inTransaction(async (tx) => {
    const waits = { ...file, problem: problem.message, nextLookAt: startAfter };
    const isOpen = await tx.registrationFiles.save(file.shop, waits);
    const next = { ...look, attempts: attempts + 1 };
    if (isOpen && startAfter) await tx.queue.send("look-for-file", next, { startAfter });
  });
}

const OTHER: Problem<"other-program"> = {
  kind: "other-program",
  retry: "never",
  message: "The shop is not connected to the program that this file was made for.",
};
