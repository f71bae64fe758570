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
import { ruleVersion } from "./rule-version.ts";
import type { Override, OverrideScope } from "./rule.ts";
import { FIRST_RULES, type DatedRule, type RulesAt } from "./rules-at.ts";

type Saved =
  | { ok: true; isNew: boolean }
  /** `newer` is in force instead of what the form was opened on. */
  | { ok: false; problems: RuleProblem[]; newer: NewerRule | null };

export type NewerRule =
  | RulesAt["shop"]
  /** A null rule: none of its own, or no more. */
  | { scope: OverrideScope; subject: string; rule: Override | null; from: Date | null };

type RulePorts = Pick<Ports, "store" | "clock">;

/** By `ruleVersion`: what came in force since the form was opened is not replaced unasked. */
interface Asked {
  shop: ShopDomain;
  opened: string;
}

/**
 * Saves what the merchant chose for the shop, for orders placed from now on. What is in force already
 * is not saved again, and discounts that the shop doesn't have are left out.
 */
export async function saveRule(
  ports: RulePorts,
  { shop, opened, ...form }: Asked & RuleForm,
): Promise<Saved> {
  const titles = await ports.store.discounts.listTitles(shop);
  const own = new Set(titles.map(({ discountId }) => discountId));
  const read = readRule({ ...form, discounts: form.discounts.filter((one) => own.has(one)) });
  if (!read.ok) return { ...read, newer: null };
  const { value: rule } = read;
  return append(ports, { shop, opened }, (from) => ({ scope: "shop", subject: "", rule, from }));
}

/** The same for a discount, a partner or a code of the shop, above the shop's own rule. */
export async function saveOverride(
  ports: RulePorts,
  { shop, opened, scope, subject, ...form }: Asked & OverrideSubject & MeetingForm,
): Promise<Saved> {
  const problems = await findSubject(ports.store, shop, { scope, subject });
  const read = readMeeting(form);
  if (problems.length > 0 || !read.ok) {
    const all = [...problems, ...(read.ok ? [] : read.problems)];
    return { ok: false, problems: all, newer: null };
  }
  const rule = { meeting: read.value };
  return append(ports, { shop, opened }, (from) => ({ scope, subject, rule, from }));
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
  { shop, opened, scope, subject }: Asked & OverrideSubject,
): Promise<Saved> {
  return append(ports, { shop, opened }, (from) => ({ scope, subject, rule: null, from }));
}

export interface OverrideSubject {
  scope: OverrideScope;
  subject: string;
}

async function append(
  { store, clock }: RulePorts,
  { shop, opened }: Asked,
  ruleFrom: (from: Date) => DatedRule,
): Promise<Saved> {
  return store.inTransaction(async (tx) => {
    // Whoever decides by the rule before has ended by then: none of their orders is from after this one.
    await tx.connections.hold(shop, "changing");
    const rule = ruleFrom(clock.now());
    const before = (await tx.rules.list(shop)).findLast(
      ({ scope, subject }) => scope === rule.scope && subject === rule.subject,
    );
    const now = before ?? firstOf(rule);
    if (isSame(now.rule, rule.rule)) return { ok: true, isNew: false };
    if (ruleVersion(now) !== opened) return { ok: false, problems: [], newer: now };
    await tx.rules.append(shop, ruleFrom(laterThan(before, rule.from)));
    return { ok: true, isNew: true };
  });
}

function firstOf({ scope, subject }: DatedRule): NewerRule {
  return scope === "shop" ? FIRST_RULES.shop : { scope, subject, rule: null, from: null };
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
