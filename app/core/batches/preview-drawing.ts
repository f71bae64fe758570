import { codeNamesOf } from "../codes/pattern/code-names.ts";
import { familyOf } from "../codes/families/family-of.ts";
import type { Shape } from "../codes/families/family-shape.ts";
import { offerFamilies, type FamilyOffer } from "../codes/families/offer-families.ts";
import { discountNumber } from "../codes/pattern/discount-number.ts";
import { exampleCodes } from "../codes/pattern/example-codes.ts";
import type { PartnerFacts } from "../codes/pattern/fill-pattern.ts";
import { judgeGuessability, type Guessability } from "../codes/pattern/guessability.ts";
import { parsePattern } from "../codes/pattern/parse-pattern.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { readCodesEach, resolvePartners } from "./start-drawing.ts";

export interface DrawPreview {
  /** What is wrong with the pattern; then there are no examples. */
  problems: string[];
  examples: DiscountCode[];
  /** How many codes result; null without a number or partners. */
  codes: number | null;
  odds: Pick<Guessability, "verdict" | "sentence"> | null;
  /** Where families would save more than an hour; whether any clash is found out when the form is sent. */
  families: FamilyOffer | null;
}

interface Asked {
  shop: ShopDomain;
  discountId: string;
  pattern: string;
  /** As typed. */
  codesEach: string;
  /** The first of those chosen suffice, for the examples. */
  partnerIds: PartnerId[] | "all";
  /** How many are chosen in all. */
  partners: number;
}

/** A partner of nobody's, where none is chosen yet. */
const SOMEBODY = { name: "Anna Example", partnerId: "12345" };
const MOST_EXAMPLES = 10;

/** What codes a form would draw, and how easily they are guessed; null for no such discount. */
export async function previewDrawing(ports: Ports, asked: Asked): Promise<DrawPreview | null> {
  const { shop, discountId } = asked;
  const discount = await ports.store.discounts.find(shop, discountId);
  if (!discount) return null;
  const partnerIds = await resolvePartners(ports, shop, asked.partnerIds);
  const partners = asked.partnerIds === "all" ? partnerIds.length : asked.partners;
  const codesEach = readCodesEach(asked.codesEach);
  const value = discountNumber(discount.value, discount.currency);
  const use = { value, codesEach: codesEach ?? 1, partners: Math.max(1, partners) };
  const codes = codesEach === null || partners === 0 ? null : codesEach * partners;
  const parsed = parsePattern(asked.pattern, use, ports.codeMaking);
  if (!parsed.ok) {
    const problems = parsed.problems.map(({ message }) => message);
    return { problems, examples: [], codes, odds: null, families: null };
  }
  const some = partnerIds.slice(0, MOST_EXAMPLES);
  const facts = await factsOf(ports, shop, { partnerIds: some, value });
  const examples = exampleCodes(ports.codeMaking, { pattern: parsed.value, partners: facts });
  const { verdict, sentence } = judgeGuessability(parsed.value, use);
  const [example] = facts.map((partner) => familyOf(parsed.value, partner));
  const families = example?.ok
    ? await offer(ports, shop, { codes: codes ?? 0, partners, example: example.value })
    : null;
  return { problems: [], examples, codes, odds: { verdict, sentence }, families };
}

async function offer(
  { store, impact }: Ports,
  shop: ShopDomain,
  wanted: { codes: number; partners: number; example: Shape },
): Promise<FamilyOffer | null> {
  const connection = await store.connections.find(shop);
  if (!connection?.program) return null;
  return offerFamilies(wanted, await impact.registrationsPerHour(connection.credentials));
}

async function factsOf(
  { store, codeMaking }: Pick<Ports, "store" | "codeMaking">,
  shop: ShopDomain,
  { partnerIds, value }: { partnerIds: readonly PartnerId[]; value: string },
): Promise<PartnerFacts[]> {
  const found = await Promise.all(partnerIds.map((id) => store.partners.find(shop, id)));
  const known = found.flatMap((partner) => (partner ? [partner] : []));
  const named = known.length > 0 ? known : [SOMEBODY];
  return named.map(({ name, partnerId }) => ({
    names: codeNamesOf(name, codeMaking),
    partnerId,
    value,
  }));
}
