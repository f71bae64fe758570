import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import { nextAttemptAt } from "../retry.ts";
import type { PartnerSync } from "./partner.ts";

/** Starts a run over impact.com's partner list; one that is under way begins again. */
export async function startPartnerSync(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
): Promise<void> {
  await store.inTransaction(async (tx) => {
    const startedAt = clock.now();
    await tx.partners.saveSync(shop, { ...FRESH_RUN, startedAt });
    await tx.queue.send("sync-partners", { shop });
  });
}

const FRESH_RUN = {
  state: "running",
  page: 0,
  pages: null,
  partners: 0,
  problem: null,
  finishedAt: null,
} as const;

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

async function readPage(ports: Ports, shop: ShopDomain, sync: PartnerSync): Promise<boolean> {
  const connection = await ports.store.connections.find(shop);
  if (!connection?.program) return false;
  const { programId } = connection.program;
  const now = ports.clock.now();
  const page = sync.page + 1;
  const read = await ports.impact.listPartners(connection.credentials, { programId, page, now });
  if (!read.ok) {
    await stopOrWait(ports, shop, sync, read.problem);
    return false;
  }
  const { partners, pages } = read.value;
  await ports.store.inTransaction(async (tx) => {
    await tx.partners.saveAll(shop, partners, now);
    const progress = { page, pages, partners: sync.partners + partners.length, problem: null };
    await tx.partners.saveSync(shop, { ...sync, ...progress });
  });
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
      const failed = { ...sync, state: "failed" as const, problem: problem.message };
      return tx.partners.saveSync(shop, { ...failed, finishedAt: now });
    }
    await tx.partners.saveSync(shop, { ...sync, problem: problem.message });
    const startAfter = nextAttemptAt({
      now,
      attempts: 0,
      random: ports.random(),
      notBefore: problem.retryAt,
    });
    await tx.queue.send("sync-partners", { shop }, { startAfter });
  });
}

async function finish(ports: Ports, shop: ShopDomain, sync: PartnerSync): Promise<void> {
  await ports.store.inTransaction(async (tx) => {
    await tx.partners.endContractsNotSeenSince(shop, sync.startedAt);
    const done = { ...sync, state: "done" as const, finishedAt: ports.clock.now() };
    await tx.partners.saveSync(shop, done);
  });
}
