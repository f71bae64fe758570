import { TAKEN_IN_BY_MS } from "../codes/queue-late.ts";
import type { DiscountCode } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { Adoption } from "./adoption.ts";

const CODES_PER_PAGE = 500;

/**
 * Has the past orders of adopted codes attributed, of those that orders came with since their partners
 * have them: most of 100,000 were never used. Done again it changes nothing.
 */
export async function attributeUsed(
  { store }: Pick<Ports, "store">,
  { shop, id, startsAt }: Adoption,
): Promise<void> {
  if (startsAt === null) return;
  await store.adoptions.noteUses(shop, id);
  let after: DiscountCode | null = null;
  for (;;) {
    const page = { since: startsAt, after, limit: CODES_PER_PAGE };
    const used: { codeId: string; code: DiscountCode }[] = await store.adoptions.listUsed(
      ...([shop, id, page] as const),
    );
    const jobs = used.map(({ codeId }) => ({ payload: { shop, codeId, after: null } }));
    await store.queue.sendAll("attribute-late", jobs);
    after = used.at(-1)?.code ?? null;
    if (used.length < CODES_PER_PAGE) return;
  }
}

/** Has the same done a minute later, for orders that were being taken in as their codes were adopted. */
export async function lookAgainForUses(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, id: adoptionId }: Adoption,
): Promise<void> {
  const startAfter = new Date(clock.now().getTime() + TAKEN_IN_BY_MS);
  await store.queue.send("attribute-adopted", { shop, adoptionId }, { startAfter });
}

/** The later look; an adoption that is gone by then has none. */
export async function attributeAdopted(
  ports: Pick<Ports, "store">,
  { shop, adoptionId }: JobPayloads["attribute-adopted"],
): Promise<void> {
  const adoption = await ports.store.adoptions.find(shop, adoptionId);
  if (adoption) await attributeUsed(ports, adoption);
}
