import { FIRST_RULES, type DatedRule } from "./rules-at.ts";
import type { RuleInForce } from "./rule.ts";

/** A rule with the time in which it held; `until` is null while it holds still. */
export type RuleSpan = RuleInForce & { until: Date | null };

/**
 * Every rule that ever held in a shop, the newest first, that of the start last. What only takes a rule
 * back is none by itself: it ends the one before. In whatever order they are read, the result is the same.
 */
export function ruleHistory(history: readonly DatedRule[]): RuleSpan[] {
  const next = new Map<string, Date>();
  const spans: RuleSpan[] = [];
  for (const dated of history.toSorted(newestFirst)) {
    const key = keyOf(dated);
    const until = next.get(key) ?? null;
    next.set(key, dated.from);
    if (dated.scope === "shop") {
      spans.push({ scope: "shop", rule: dated.rule, from: dated.from, until });
    } else if (dated.rule) spans.push({ ...dated, rule: dated.rule, until });
  }
  const first = { ...FIRST_RULES.shop, until: next.get(keyOf({ scope: "shop", subject: "" })) };
  return [...spans, { ...first, until: first.until ?? null }];
}

function newestFirst(one: DatedRule, other: DatedRule): number {
  return other.from.getTime() - one.from.getTime() || (keyOf(one) < keyOf(other) ? -1 : 1);
}

function keyOf({ scope, subject }: Pick<DatedRule, "scope" | "subject">): string {
  return `${scope} ${subject}`;
}
