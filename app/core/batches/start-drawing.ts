import { drawnFor } from "../codes/families/drawn-for.ts";
import { familyJobs } from "../codes/families/register-families.ts";
import { readRegistrations } from "../codes/families/read-registrations.ts";
import { whyEnded } from "../codes/why-ended.ts";
import { discountNumber } from "../codes/pattern/discount-number.ts";
import { parsePattern } from "../codes/pattern/parse-pattern.ts";
import { lacksSpace, spacesOf } from "../codes/pattern/shared-spaces.ts";
import type { PartnerId, ShopDomain } from "../ids.ts";
import type { Partner } from "../partners/partner.ts";
import type { Ports } from "../ports/ports.ts";
import type { CodePlan } from "./batch.ts";
import { checkFamilies, codesOfOthers, type DrawnCodes } from "./check-families.ts";

/** The form that has codes drawn for a discount. */
export interface DrawForm {
  shop: ShopDomain;
  discountId: string;
  /** The form's own: sent twice, made once. */
  draftKey: string;
  pattern: string;
  /** As typed. */
  codesEach: string;
  /** "all" are those with a contract when the form is sent. */
  partnerIds: PartnerId[] | "all";
  /** Each partner's codes are registered as one family, instead of one by one. */
  asFamilies?: boolean;
}

export type DrawField = "discount" | "pattern" | "codesEach" | "partners" | "asFamilies";
export type DrawAnswer =
  { ok: true; batchId: string } | { ok: false; problems: { field: DrawField; message: string }[] };

/** One batch stays below what a day at Shopify and a page of progress can bear. */
export const MOST_CODES = 200_000;

/** Checks the form, then stores the batch and its job in one commit; null for no such discount. */
export async function startDrawing(
  ports: Pick<Ports, "store" | "clock" | "codeMaking" | "impact">,
  form: DrawForm,
): Promise<DrawAnswer | null> {
  const { shop, discountId } = form;
  const discount = await ports.store.discounts.find(shop, discountId);
  if (!discount) return null;
  const ended = whyEnded(discount, ports.clock.now());
  if (ended) return refused("discount", ended);
  const problems: { field: DrawField; message: string }[] = [];
  const codesEach = readCodesEach(form.codesEach);
  if (codesEach === null) {
    problems.push({ field: "codesEach", message: "Enter a whole number of codes, 1 or more." });
  }
  const partnerIds = await resolvePartners(ports, shop, form.partnerIds);
  problems.push(...(await partnerProblems(ports, shop, partnerIds)));
  const codes = partnerIds.length * (codesEach ?? 1);
  if (codes > MOST_CODES) problems.push({ field: "codesEach", message: TOO_MANY });
  const value = discountNumber(discount.value, discount.currency);
  // Of a number that is a typing slip the pattern is not to blame.
  const drawnEach = codes > MOST_CODES ? 1 : (codesEach ?? 1);
  const use = { value, codesEach: drawnEach, partners: Math.max(1, partnerIds.length) };
  const parsed = parsePattern(form.pattern, use, ports.codeMaking);
  if (!parsed.ok) {
    for (const { message } of parsed.problems) problems.push({ field: "pattern", message });
  }
  if (problems.length > 0 || codesEach === null) return { ok: false, problems };
  const partners = await drawnFor(ports, shop, { partnerIds, value });
  const wanted = partners.map((partner) => ({ partner, count: codesEach }));
  const lack = parsed.ok && lacksSpace(parsed.value, spacesOf(parsed.value, wanted));
  if (lack) return refused("pattern", lack);
  const plan = { pattern: form.pattern, value, codesEach, partnerIds, drawn: 0 };
  return begin(ports, form, { drawn: { shop, pattern: form.pattern, use, partners }, plan, codes });
}

interface Beginning {
  drawn: DrawnCodes;
  plan: CodePlan;
  codes: number;
}

/** Once nobody else's families or codes are in the way. */
async function begin(
  ports: Pick<Ports, "store" | "clock" | "codeMaking" | "impact">,
  { shop, discountId, draftKey, asFamilies }: DrawForm,
  { drawn, plan, codes }: Beginning,
): Promise<DrawAnswer> {
  const { codeMaking, clock } = ports;
  const registered = asFamilies ? await readRegistrations(ports, shop) : null;
  if (registered && !registered.ok) return refused("asFamilies", registered.problem.message);
  return ports.store.inTransaction(async (tx) => {
    await tx.families.hold(shop, registered ? "planning" : "adding");
    const checked =
      registered && (await checkFamilies({ tx, codeMaking }, drawn, registered.value));
    if (checked && !checked.ok) return refused("asFamilies", checked.message);
    const inTheWay = checked ? null : await codesOfOthers({ tx, codeMaking }, drawn);
    if (inTheWay) return refused("pattern", inTheWay);
    // Families have been compared with all that stands at impact.com.
    const known = checked ? { ...plan, theirs: [] } : plan;
    const draft = { draftKey, discountId, plan: known, codes };
    const { batchId, isNew } = await tx.batches.create(shop, draft, clock.now());
    if (!isNew) return { ok: true, batchId };
    const familyIds = await tx.families.plan(shop, checked?.families ?? [], clock.now());
    await tx.queue.sendAll("register-families", familyJobs(shop, familyIds));
    await tx.queue.send("make-codes", { shop, batchId });
    return { ok: true, batchId };
  });
}

function refused(field: DrawField, message: string): DrawAnswer {
  return { ok: false, problems: [{ field, message }] };
}

const TOO_MANY = `Make at most ${MOST_CODES.toLocaleString("en")} codes at a time.`;

export async function resolvePartners(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
  partnerIds: DrawForm["partnerIds"],
): Promise<PartnerId[]> {
  if (partnerIds !== "all") return [...new Set(partnerIds)];
  const partners = await store.partners.list(shop);
  return partners.filter(({ hasContract }) => hasContract).map(({ partnerId }) => partnerId);
}

/** A number of codes as typed, be it more than a batch makes; null where it is none. */
export function readCodesEach(text: string): number | null {
  return /^\d{1,9}$/.test(text.trim()) && Number(text) > 0 ? Number(text) : null;
}

/** A code whose partner has no contract would give the customer a discount and earn nobody. */
async function partnerProblems(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
  partnerIds: readonly PartnerId[],
): Promise<{ field: DrawField; message: string }[]> {
  if (partnerIds.length === 0) {
    return [{ field: "partners", message: "Choose at least one partner." }];
  }
  const known = new Map((await store.partners.list(shop)).map((one) => [one.partnerId, one]));
  const without = partnerIds.filter((partnerId) => !known.get(partnerId)?.hasContract);
  if (without.length === 0) return [];
  const [first] = without.map((partnerId) => known.get(partnerId));
  return [{ field: "partners", message: noContract(first, without.length) }];
}

function noContract(first: Partner | undefined, count: number): string {
  if (!first) return "impact.com knows no such partner. Sync partners again.";
  const others = count > 1 ? ` and ${count - 1} more` : "";
  const have = count > 1 ? "have" : "has";
  return `${first.name}${others} ${have} no live contract with this program, so impact.com would pay nothing. Offer one at impact.com, then sync partners, or leave them out.`;
}
