import type { Standing } from "../codes/expressions/find-standing.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { Stores } from "../ports/store.ts";
import type { Problem } from "../result.ts";
import { nextAttemptAt } from "../retry.ts";
import type { Adoption, AdoptionPlace } from "./adoption.ts";
import { judgePage } from "./judge-page.ts";
import { locatePage, readImpactPage } from "./read-impact-page.ts";
import { addNobodys, listDiscounts, readCodes } from "./read-shopify-codes.ts";

export type ReadPorts = Pick<
  Ports,
  "store" | "shopify" | "impact" | "clock" | "random" | "codeMaking"
>;

/** What reading or judging one page has come to. */
export type PageRead =
  | {
      kind: "read";
      /** Null: all is judged. */
      next: AdoptionPlace | null;
      /** With those of the pages before it. */
      expressions?: Standing[];
      /** Writes down what the page held, in the commit that takes the adoption on. */
      note(tx: Stores): Promise<void>;
    }
  /** Tried again later. */
  | { kind: "failed"; problem: Problem };

const LONGEST_MS = 60_000;
/** With an hour at most between two tries: about a day. */
const MOST_ATTEMPTS = 30;

/**
 * Finds the codes of an adoption, what impact.com has of each, and whose it will be: page by page, each
 * in one commit with its place, so that one that was killed goes on behind the last. Nothing is adopted.
 */
export async function readFound(
  ports: ReadPorts,
  { shop, adoptionId }: JobPayloads["read-adoption"],
): Promise<void> {
  const { store, clock } = ports;
  const endsAt = clock.now().getTime() + LONGEST_MS;
  for (;;) {
    const adoption = await store.adoptions.find(shop, adoptionId);
    if (adoption?.state !== "reading") return;
    const isMine = await takePage(ports, adoption);
    if (!isMine) return;
    if (clock.now().getTime() > endsAt) {
      return store.queue.send("read-adoption", { shop, adoptionId });
    }
  }
}

/** False where nothing more is to be done now: it waits, has ended, or somebody else goes on with it. */
async function takePage(ports: ReadPorts, adoption: Adoption): Promise<boolean> {
  const { shop, plan } = adoption;
  const read = await readPage(ports, adoption);
  if (read.kind === "failed") {
    await putOff(ports, adoption, read.problem);
    return false;
  }
  const after = {
    state: read.next === null ? ("checked" as const) : ("reading" as const),
    plan: {
      ...{ ...plan, place: read.next ?? plan.place },
      ...(read.expressions && { expressions: read.expressions }),
      ...(plan.place.stage === "impact" && { registeredIn: plan.place.programId }),
    },
    ...{ attempts: 0, problem: null },
  };
  return ports.store.inTransaction(async (tx) => {
    // First, as it locks the adoption: who comes second changes nothing.
    if (!(await tx.adoptions.save(shop, adoption, after))) return false;
    await read.note(tx);
    return read.next !== null;
  });
}

function readPage(ports: ReadPorts, adoption: Adoption): Promise<PageRead> {
  const { place } = adoption.plan;
  switch (place.stage) {
    case "discounts":
      return listDiscounts(ports, adoption, place);
    case "codes":
      return readCodes(ports, adoption, place);
    case "nobodys":
      return addNobodys(ports, adoption, place);
    case "impact":
      return readImpactPage(ports, adoption, place);
    case "locate":
      return locatePage(ports, adoption, place);
    case "judge":
      return judgePage(ports, adoption, place);
  }
}

async function putOff(
  { store, clock, random }: ReadPorts,
  adoption: Adoption,
  problem: Problem,
): Promise<void> {
  const { shop, id: adoptionId, plan, attempts } = adoption;
  // A closed shop is waited for without an end: only the merchant can reopen it.
  const isClosed = problem.kind === "shop-closed";
  const mayRetry = isClosed || (problem.retry === "later" && attempts < MOST_ATTEMPTS);
  const state = mayRetry ? ("reading" as const) : ("failed" as const);
  const now = clock.now();
  await store.inTransaction(async (tx) => {
    const after = { state, plan, attempts: attempts + 1, problem: problem.message };
    if (!(await tx.adoptions.save(shop, adoption, after)) || !mayRetry) return;
    const wait = { now, attempts, random: random(), notBefore: problem.retryAt };
    const startAfter = nextAttemptAt(wait);
    await tx.queue.send("read-adoption", { shop, adoptionId }, { startAfter });
  });
}

/** Where impact.com's registrations come next, or, without a program, what each code will be. */
export async function afterCodes(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
): Promise<AdoptionPlace> {
  const connection = await store.connections.find(shop);
  return connection?.program
    ? { stage: "impact", programId: connection.program.programId, page: 1 }
    : { stage: "judge", after: null };
}
