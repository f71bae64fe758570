import type { Standing } from "../codes/expressions/find-standing.ts";
import { expressionOf } from "../codes/families/family-shape.ts";
import type { PartnerId, ShopDomain } from "../ids.ts";
import type { ListedPromoCode } from "../ports/impact.ts";
import type { Stores } from "../ports/store.ts";
import type { Problem } from "../result.ts";
import type { Adoption, AdoptionPlace } from "./adoption.ts";
import type { PageRead, ReadPorts } from "./read-found.ts";

/** Notes which of the found codes stand on the next page of the program's registrations. */
export async function readImpactPage(
  { store, impact, clock }: ReadPorts,
  { shop, id, plan }: Adoption,
  { programId, page }: Extract<AdoptionPlace, { stage: "impact" }>,
): Promise<PageRead> {
  const connection = await store.connections.find(shop);
  if (connection?.program?.programId !== programId) return PROGRAM_CHANGED;
  const read = await impact.listPromoCodes(connection.credentials, {
    ...{ programId, page, now: clock.now() },
  });
  if (!read.ok) return { kind: "failed", problem: read.problem };
  const { promoCodes, pages } = read.value;
  // What stands for one code each; expressions are compared with each code as it is judged.
  const standing = promoCodes.filter(({ isEnded, isPattern }) => !isEnded && !isPattern);
  const expressions = await listForeign(store, shop, promoCodes);
  const isSource = plan.source.kind === "impact";
  const isLast = page >= pages;
  return {
    kind: "read",
    next: isLast
      ? { stage: isSource ? "locate" : "judge", after: null }
      : { stage: "impact", programId, page: page + 1 },
    expressions: [...(plan.expressions ?? []), ...expressions].slice(0, MOST_EXPRESSIONS),
    note: async ({ adoptions }) => {
      if (isSource) await adoptions.addUnmanaged(shop, id, standing);
      await adoptions.noteAtImpact(shop, id, standing);
    },
  };
}

/** They are stored with the adoption, and saved with each of its pages. */
const MOST_EXPRESSIONS = 1_000;

/** The expressions that stand and are none of the shop's families: those are told of by themselves. */
async function listForeign(
  { families }: Pick<Stores, "families">,
  shop: ShopDomain,
  listed: readonly ListedPromoCode[],
): Promise<Standing[]> {
  const patterns = listed.filter(({ isEnded, isPattern }) => isPattern && !isEnded);
  if (patterns.length === 0) return [];
  const nameOf = (one: { code: string; partnerId: PartnerId }) => `${one.partnerId} ${one.code}`;
  const ours = new Set(
    (await families.list(shop)).map(({ shape, partner: { partnerId } }) =>
      nameOf({ code: expressionOf(shape), partnerId }),
    ),
  );
  return patterns.flatMap(({ code, isPattern, partnerId, partnerName }) =>
    ours.has(nameOf({ code, partnerId })) ? [] : [{ code, isPattern, partnerId, partnerName }],
  );
}

/** Finds in which discounts the next codes live, and leaves out those that live in none. */
export async function locatePage(
  { store, shopify }: ReadPorts,
  { shop, id }: Adoption,
  { after }: Extract<AdoptionPlace, { stage: "locate" }>,
): Promise<PageRead> {
  const found = await store.adoptions.listFound(shop, id, { after, limit: CODES_AT_ONCE });
  const codes = found.map(({ code }) => code);
  const located = await shopify.locateCodes(shop, codes);
  if (!located.ok) return { kind: "failed", problem: located.problem };
  const last = found.length < CODES_AT_ONCE ? undefined : codes.at(-1);
  return {
    kind: "read",
    next: { stage: last ? "locate" : "judge", after: last ?? null },
    note: async ({ adoptions }) => {
      await adoptions.saveLocated(shop, id, codes, located.value);
      const discounts = [...located.value.values()].map((one) => ({
        ...{ ...one, codesCount: 0, isRead: true },
      }));
      await adoptions.addDiscounts(shop, id, discounts);
    },
  };
}

/** As many as one call to Shopify takes. */
const CODES_AT_ONCE = 40;

const changed: Problem = {
  kind: "program-changed",
  retry: "never",
  message: "The program was changed while its codes were read. Begin again.",
};
const PROGRAM_CHANGED: PageRead = { kind: "failed", problem: changed };
