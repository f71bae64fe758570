/**
 * What a form of a rule says it was opened on: the time from which that rule holds. A shop's first rule
 * has none, nor has a discount, partner or code without a rule of its own, or no more.
 */
export function ruleVersion(rule?: { rule: object | null; from: Date | null }): string {
  return (rule?.rule && rule.from?.toISOString()) ?? "none";
}
