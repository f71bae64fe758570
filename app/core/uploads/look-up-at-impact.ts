import { normalizeCode } from "../codes/code-text.ts";
import { createFindStanding, type Standing } from "../codes/expressions/find-standing.ts";
import { readKnownExpressions } from "../codes/expressions/known-expressions.ts";
import { registeredTo } from "../codes/why-not-ours.ts";
import { groupBy } from "../group-by.ts";
import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { ListedPromoCode } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { WantedCode } from "./read-upload-row.ts";

/** Somebody waits for the dry run: of 1,000 registrations each, so many pages and no more. */
const MOST_PAGES = 5;

export interface AtImpact {
  /** The registrations that a code has, or that expressions may give it. */
  findStanding: (code: DiscountCode) => readonly Standing[];
  /** False where there are more, or impact.com could not be asked. */
  isWhole: boolean;
}

/**
 * What of the shop's program stands at impact.com, as far as few requests tell. Of a longer list those
 * expressions are added that the last check of all codes has met.
 */
export async function lookUpAtImpact(
  ports: Pick<Ports, "store" | "impact" | "clock">,
  shop: ShopDomain,
): Promise<AtImpact> {
  const { store, impact, clock } = ports;
  const connection = await store.connections.find(shop);
  if (!connection?.program) return { findStanding: () => [], isWhole: true };
  const { credentials } = connection;
  const { programId } = connection.program;
  const read = (page: number) =>
    impact.listPromoCodes(credentials, { programId, page, now: clock.now() });
  const first = await read(1);
  if (!first.ok) return { findStanding: () => [], isWhole: false };
  const { pages } = first.value;
  const length = Math.max(0, Math.min(pages, MOST_PAGES) - 1);
  const others = await Promise.all(Array.from({ length }, (_, index) => read(index + 2)));
  const listed = [first, ...others].flatMap((page) => (page.ok ? page.value.promoCodes : []));
  const isWhole = pages <= MOST_PAGES && others.every(({ ok }) => ok);
  const met = new Set(listed.map(({ promoCodeId }) => promoCodeId));
  const beyond = isWhole
    ? []
    : await readKnownExpressions(ports, shop, { credentials, programId }, met);
  const standing = listed.filter(({ isEnded }) => !isEnded);
  return { findStanding: createFindStanding<Standing>([...standing, ...beyond]), isWhole };
}

/** Registrations that stand for one code each, by what Shopify takes for their code. */
export function standingOf(
  listed: readonly ListedPromoCode[],
): ReadonlyMap<DiscountCode, readonly ListedPromoCode[]> {
  const standing = listed.filter(({ isEnded, isPattern }) => !isEnded && !isPattern);
  return groupBy(standing, ({ code }) => normalizeCode(code));
}

/** Why a code can't be its partner's while another partner has it there; null where none has. */
export function whyRegistered(
  standing: readonly Standing[],
  { code, partnerId }: Pick<WantedCode, "code" | "partnerId">,
): string | null {
  const another = standing.find((one) => one.partnerId !== partnerId);
  if (another?.isPattern) {
    const owner = another.partnerName || `partner ${another.partnerId}`;
    return `At impact.com the regular expression ${another.code} of ${owner} matches ${code}, so it may be credited to them. Choose another code, or end that expression there first.`;
  }
  return another
    ? `${registeredTo(code, another)}. Choose another code, or expire it there first.`
    : null;
}
