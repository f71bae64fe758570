import type { DiscountCode } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
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
