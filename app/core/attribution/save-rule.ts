import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { Stores } from "../ports/store.ts";
import {
  readMeeting,
  readRule,
  type MeetingForm,
  type RuleForm,
  type RuleProblem,
} from "./read-rule.ts";
import { FIRST_RULE, type OverrideScope } from "./rule.ts";
import type { DatedRule } from "./rules-at.ts";

type Saved = { ok: true; isNew: boolean } | { ok: false; problems: RuleProblem[] };
type RulePorts = Pick<Ports, "store" | "clock">;

/**
 * Saves what the merchant chose for the shop, for orders placed from now on. What is in force already
 * is not saved again, and discounts that the shop doesn't have are left out.
 */
export async function saveRule(
  ports: RulePorts,
  { shop, ...form }: { shop: ShopDomain } & RuleForm,
): Promise<Saved> {
  const titles = await ports.store.discounts.listTitles(shop);
  const own = new Set(titles.map(({ discountId }) => discountId));
  const read = readRule({ ...form, discounts: form.discounts.filter((one) => own.has(one)) });
  if (!read.ok) return read;
  const { value: rule } = read;
  return append(ports, shop, (from) => ({ scope: "shop", subject: "", rule, from }));
}

/** The same for a discount, a partner or a code of the shop, above the shop's own rule. */
export async function saveOverride(
  ports: RulePorts,
  { shop, scope, subject, ...form }: { shop: ShopDomain } & OverrideSubject & MeetingForm,
): Promise<Saved> {
  const problems = await findSubject(ports.store, shop, { scope, subject });
  const read = readMeeting(form);
  if (problems.length > 0 || !read.ok) {
    return { ok: false, problems: [...problems, ...(read.ok ? [] : read.problems)] };
  }
  const rule = { meeting: read.value };
  return append(ports, shop, (from) => ({ scope, subject, rule, from }));
}

/** What a rule is made for must be the shop's; a code is given as the shop has it, upper-cased. */
export async function findSubject(
  store: Pick<Stores, "codes" | "partners" | "discounts">,
  shop: ShopDomain,
  { scope, subject }: OverrideSubject,
): Promise<RuleProblem[]> {
  const wrong = (message: string): RuleProblem[] => [{ field: "subject", message }];
  if (scope === "code") {
    const code = await store.codes.findByCode(shop, subject as DiscountCode);
    return code ? [] : wrong("Enter one of your codes, as it is on the Codes page.");
  }
  if (scope === "partner") {
    const partner = await store.partners.find(shop, subject as PartnerId);
    return partner ? [] : wrong("Choose a partner.");
  }
  const titles = await store.discounts.listTitles(shop);
  return titles.some(({ discountId }) => discountId === subject) ? [] : wrong("Choose a discount.");
}

/** From now on the rule of the next wider scope holds again. */
export async function takeBackOverride(
  ports: RulePorts,
  { shop, scope, subject }: { shop: ShopDomain } & OverrideSubject,
): Promise<void> {
  await append(ports, shop, (from) => ({ scope, subject, rule: null, from }));
}

export interface OverrideSubject {
  scope: OverrideScope;
  subject: string;
}

async function append(
  { store, clock }: RulePorts,
  shop: ShopDomain,
  ruleFrom: (from: Date) => DatedRule,
): Promise<Saved> {
  return store.inTransaction(async (tx) => {
    // Whoever decides by the rule before has ended by then: none of their orders is from after this one.
    await tx.connections.hold(shop, "changing");
    const rule = ruleFrom(clock.now());
    const before = (await tx.rules.list(shop)).findLast(
      ({ scope, subject }) => scope === rule.scope && subject === rule.subject,
    );
    const last = before?.rule ?? (rule.scope === "shop" ? FIRST_RULE : null);
    if (isSame(last, rule.rule)) return { ok: true, isNew: false };
    await tx.rules.append(shop, ruleFrom(laterThan(before, rule.from)));
    return { ok: true, isNew: true };
  });
}

/** Machines' clocks differ: a rule never begins before the one whose place it takes. */
function laterThan(before: DatedRule | undefined, from: Date): Date {
  return before && before.from >= from ? new Date(before.from.getTime() + 1) : from;
}

/** A database gives back a rule's fields in an order of its own. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return entries.map(([name, part]) => [name, sorted(part)]);
}
