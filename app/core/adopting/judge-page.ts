import { createFindStanding } from "../codes/expressions/find-standing.ts";
import type { ShopDomain } from "../ids.ts";
import type { Adoption, AdoptionPlace, PartnersBy } from "./adoption.ts";
import { judgeFound, type Judging } from "./judge-found.ts";
import { createPartnerMatcher, parsePartnerPattern, type PartnerMatcher } from "./match-partner.ts";
import type { Partner } from "../partners/partner.ts";
import type { PageRead, ReadPorts } from "./read-found.ts";

const CODES_PER_PAGE = 2_000;

/** Judges the next codes that were found, by their text. */
export async function judgePage(
  ports: ReadPorts,
  { shop, id, plan }: Adoption,
  { after }: Extract<AdoptionPlace, { stage: "judge" }>,
): Promise<PageRead> {
  const { adoptions, families } = ports.store;
  const found = await adoptions.listFound(shop, id, { after, limit: CODES_PER_PAGE });
  const codes = found.map(({ code }) => code);
  const byFamily = await families.findFor(shop, codes);
  const elsewhere = await families.findElsewhere(shop, codes);
  const judging = await prepare(ports, shop, plan.by);
  const findStanding = createFindStanding(plan.expressions ?? []);
  const judged = found.map((one) => {
    const { code } = one;
    const matched = { family: byFamily.get(code) ?? null, elsewhere: elsewhere.get(code) };
    return judgeFound(one, { ...matched, expressions: findStanding(code) }, judging);
  });
  const last = found.length < CODES_PER_PAGE ? undefined : found.at(-1);
  return {
    kind: "read",
    next: last ? { stage: "judge", after: last.code } : null,
    note: (tx) => tx.adoptions.saveJudged(shop, id, judged),
  };
}

async function prepare(ports: ReadPorts, shop: ShopDomain, by: PartnersBy): Promise<Judging> {
  const all = await ports.store.partners.list(shop);
  const partners = new Map(all.map((partner) => [partner.partnerId, partner]));
  return { by, partners, match: matcherFor(ports, by, all) };
}

/** Among those with a contract: a code of any other would earn nobody. */
function matcherFor(
  { codeMaking }: ReadPorts,
  by: PartnersBy,
  all: readonly Partner[],
): PartnerMatcher | null {
  if (by.kind !== "pattern") return null;
  const pattern = parsePartnerPattern(by.pattern);
  if (!pattern.ok) return null;
  const partners = all.filter(({ hasContract }) => hasContract);
  return createPartnerMatcher(pattern.value, partners, codeMaking.toAscii);
}
