import type { Problem } from "../result.ts";
import type { Adoption, AdoptionPlace } from "./adoption.ts";
import type { PageRead, ReadPorts } from "./read-found.ts";

/** Notes which of the found codes stand on the next page of the program's registrations. */
export async function readImpactPage(
  { store, impact, clock }: ReadPorts,
  { shop, id }: Adoption,
  { programId, page }: Extract<AdoptionPlace, { stage: "impact" }>,
): Promise<PageRead> {
  const connection = await store.connections.find(shop);
  if (connection?.program?.programId !== programId) return PROGRAM_CHANGED;
  const read = await impact.listPromoCodes(connection.credentials, {
    ...{ programId, page, now: clock.now() },
  });
  if (!read.ok) return { kind: "failed", problem: read.problem };
  const { promoCodes, pages } = read.value;
  // An expression stands for codes that only its own app can tell.
  const standing = promoCodes.filter(({ isEnded, isPattern }) => !isEnded && !isPattern);
  return {
    kind: "read",
    next:
      page < pages
        ? { stage: "impact", programId, page: page + 1 }
        : { stage: "judge", after: null },
    note: (tx) => tx.adoptions.noteAtImpact(shop, id, standing),
  };
}

const changed: Problem = {
  kind: "program-changed",
  retry: "never",
  message: "The program was changed while its codes were read. Begin again.",
};
const PROGRAM_CHANGED: PageRead = { kind: "failed", problem: changed };
