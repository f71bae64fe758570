import { codeNamesOf } from "../codes/pattern/code-names.ts";
import { drawnFor } from "../codes/families/drawn-for.ts";
import { familyOf } from "../codes/families/family-of.ts";
import { tooManyToCompare } from "../codes/families/read-registrations.ts";
import type { Shape } from "../codes/families/family-shape.ts";
import { offerFamilies, type FamilyOffer } from "../codes/families/offer-families.ts";
import { discountNumber } from "../codes/pattern/discount-number.ts";
import { exampleCodes } from "../codes/pattern/example-codes.ts";
import type { PartnerFacts } from "../codes/pattern/fill-pattern.ts";
import { judgeGuessability, type Guessability } from "../codes/pattern/guessability.ts";
import { parsePattern } from "../codes/pattern/parse-pattern.ts";
import type { Pattern, PatternUse } from "../codes/pattern/pattern.ts";
import { codesInSpace } from "../codes/pattern/random-space.ts";
import { fullestOf, lacksSpace, spacesOf, type Spaces } from "../codes/pattern/shared-spaces.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { MOST_CODES, readCodesEach, resolvePartners } from "./start-drawing.ts";

export interface DrawPreview {
  /** What is wrong with the pattern; then there are no examples. */
  problems: string[];
  examples: DiscountCode[];
  /** How many codes result; null without a number or partners. */
  codes: number | null;
  odds: Pick<Guessability, "verdict" | "sentence"> | null;
  /** Where families would save more than an hour; whether any clash is found out when the form is sent. */
  families: FamilyOffer | null;
  /** Of what the last check found at impact.com and nobody can compare these codes with; null for nothing. */
  unread: string | null;
}

interface Asked {
  shop: ShopDomain;
  discountId: string;
  pattern: string;
  /** As typed. */
  codesEach: string;
  /** Those chosen, as far as the form names them. */
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
  const codes = codesEach === null || partners === 0 ? null : codesEach * partners;
  // Of a number that is a typing slip the pattern is not to blame.
  const isTooMany = (codes ?? codesEach ?? 0) > MOST_CODES;
  const drawnEach = isTooMany ? 1 : (codesEach ?? 1);
  const use = { value, codesEach: drawnEach, partners: Math.max(1, partners) };
  const parsed = parsePattern(asked.pattern, use, ports.codeMaking);
  if (!parsed.ok) {
    const problems = parsed.problems.map(({ message }) => message);
    return { problems, examples: [], codes, odds: null, families: null, unread: null };
  }
  const pattern = parsed.value;
  const facts = await factsOf(ports, shop, { partnerIds, value });
  const wanted = facts.map((partner) => ({ partner, count: use.codesEach }));
  const spaces = spacesOf(pattern, wanted);
  const lack = lacksSpace(pattern, spaces);
  if (lack)
    return { problems: [lack], examples: [], codes, odds: null, families: null, unread: null };
  const examples = exampleCodes(ports.codeMaking, {
    pattern,
    partners: facts.slice(0, MOST_EXAMPLES),
  });
  if (isTooMany) return { problems: [], examples, codes, odds: null, families: null, unread: null };
  const odds = await judge(ports, shop, { pattern, use, spaces });
  const [example] = facts.slice(0, 1).map((partner) => familyOf(pattern, partner));
  const families = example?.ok
    ? await offer(ports, shop, { codes: codes ?? 0, partners, example: example.value })
    : null;
  const unread = await sayUnread(ports, shop);
  return { problems: [], examples, codes, odds, families, unread };
}

const MOST_NAMED = 3;

/** Expressions that the app can't read may match any code. */
async function sayUnread({ store }: Ports, shop: ShopDomain): Promise<string | null> {
  const page = { kind: "expression-unread" as const, after: null, limit: MOST_NAMED };
  const unread = await store.codeDifferences.list(shop, page);
  if (unread.length === 0) return null;
  const named = unread.map(
    ({ subject, theirPartner, theirPartnerId }) =>
      `${subject} of ${theirPartner ?? `partner ${theirPartnerId}`}`,
  );
  return `We can't read these regular expressions at impact.com: ${named.join(", ")}. Look yourself whether they match these codes.`;
}

/** With the shop's codes that live in the fullest space already: another batch of this pattern made them. */
async function judge(
  { store }: Ports,
  shop: ShopDomain,
  { pattern, use, spaces }: { pattern: Pattern; use: PatternUse; spaces: Spaces },
): Promise<DrawPreview["odds"]> {
  const living = await store.families.countFitting(shop, [...spaces.keys()]);
  // Where the pattern names no partner, those who are chosen and not named here share its one space.
  const unnamed = codesInSpace(pattern, use) - fullestOf(spaces, new Map());
  const codesEach = fullestOf(spaces, living) + Math.max(0, unnamed);
  const { verdict, sentence } = judgeGuessability(pattern, { codesEach, partners: 1 });
  return { verdict, sentence };
}

async function offer(
  ports: Pick<Ports, "store" | "impact" | "clock">,
  shop: ShopDomain,
  wanted: { codes: number; partners: number; example: Shape },
): Promise<FamilyOffer | null> {
  const connection = await ports.store.connections.find(shop);
  if (!connection?.program) return null;
  const { credentials, program } = connection;
  const offered = offerFamilies(wanted, await ports.impact.registrationsPerHour(credentials));
  return offered && { ...offered, ...(await tooManyToCompare(ports, { credentials, program })) };
}

async function factsOf(
  ports: Pick<Ports, "store" | "codeMaking">,
  shop: ShopDomain,
  { partnerIds, value }: { partnerIds: readonly PartnerId[]; value: string },
): Promise<PartnerFacts[]> {
  if (partnerIds.length > 0) return drawnFor(ports, shop, { partnerIds, value });
  const { name, partnerId } = SOMEBODY;
  return [{ names: codeNamesOf(name, ports.codeMaking), partnerId, value }];
}
