import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { Stores } from "../ports/store.ts";
import { nextAttemptAt } from "../retry.ts";
import type { PartnerSync } from "./partner.ts";

/** Starts a run over impact.com's partner list; one that is under way begins again. */
export async function startPartnerSync(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
): Promise<void> {
  await store.inTransaction(async (tx) => {
    const connection = await tx.connections.find(shop);
    if (connection?.program) await beginPartnerSync(tx, shop, connection.program, clock.now());
  });
}

/** The same inside the transaction that chooses the program. */
export async function beginPartnerSync(
  tx: Stores,
  shop: ShopDomain,
  { programId }: { programId: string },
  now: Date,
): Promise<void> {
  await tx.partners.startSync(shop, programId, now);
  await tx.queue.send("sync-partners", { shop });
}

/** Reads the partner list page by page; a run that was interrupted goes on after its last page. */
export async function syncPartners(
  ports: Ports,
  { shop }: JobPayloads["sync-partners"],
): Promise<void> {
  for (;;) {
    const sync = await ports.store.partners.findSync(shop);
    if (sync?.state !== "running") return;
    const isLastPageRead = sync.pages !== null && sync.page >= sync.pages;
    if (isLastPageRead) return finish(ports, shop, sync);
    const goesOn = await readPage(ports, shop, sync);
    if (!goesOn) return;
  }
}

const PROGRAM_GONE =
  "The program was changed or disconnected while its partners were read. Sync partners again.";

async function readPage(ports: Ports, shop: ShopDomain, sync: PartnerSync): Promise<boolean> {
  const { programId } = sync;
  const now = ports.clock.now();
  const connection = await ports.store.connections.find(shop);
  if (connection?.program?.programId !== programId) {
    await ports.store.partners.saveSync(shop, failed(sync, PROGRAM_GONE, now));
    return false;
  }
  const page = sync.page + 1;
  const read = await ports.impact.listPartners(connection.credentials, { programId, page, now });
  if (!read.ok) {
    await stopOrWait(ports, shop, sync, read.problem);
    return false;
  }
  const { partners, pages } = read.value;
  const progress = { page, pages, partners: sync.partners + partners.length, problem: null };
  await ports.store.inTransaction(async (tx) => {
    // First, as it locks the run: who has lost its turn saves no partners.
    const isCurrent = await tx.partners.saveSync(shop, { ...sync, ...progress });
    if (isCurrent) await tx.partners.saveAll(shop, partners, now);
  });
  // A run that lost its turn looks up the one that has it.
  return true;
}

type ReadProblem = Extract<
  Awaited<ReturnType<Ports["impact"]["listPartners"]>>,
  { ok: false }
>["problem"];

async function stopOrWait(
  ports: Ports,
  shop: ShopDomain,
  sync: PartnerSync,
  problem: ReadProblem,
): Promise<void> {
  const now = ports.clock.now();
  const isMerchantsToMend = problem.kind === "bad-credentials" || problem.kind === "missing-scope";
  await ports.store.inTransaction(async (tx) => {
    if (problem.retry === "never" || isMerchantsToMend) {
      await tx.partners.saveSync(shop, failed(sync, problem.message, now));
      return;
    }
    const waiting = { ...sync, problem: problem.message };
    if (!(await tx.partners.saveSync(shop, waiting))) return;
    const startAfter = nextAttemptAt({
      now,
      attempts: 0,
      random: ports.random(),
      notBefore: problem.retryAt,
    });
    await tx.queue.send("sync-partners", { shop }, { startAfter });
  });
}

function failed(sync: PartnerSync, problem: string, now: Date): PartnerSync {
  return { ...sync, state: "failed", problem, finishedAt: now };
}

async function finish(ports: Ports, shop: ShopDomain, sync: PartnerSync): Promise<void> {
  const done = { ...sync, state: "done" as const, finishedAt: ports.clock.now() };
  await ports.store.inTransaction(async (tx) => {
    const isCurrent = await tx.partners.saveSync(shop, done);
    if (isCurrent) await tx.partners.endContractsNotSeenSince(shop, sync.startedAt);
  });
}
