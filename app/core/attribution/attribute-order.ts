import { normalizeCode } from "../codes/code-text.ts";
import type { DiscountCode } from "../ids.ts";
import type { Attribution, CodeCandidate, KnownCode, Uncredited } from "./attribution.ts";
import { FIRST_RULE, type RuleInForce } from "./rule.ts";

const RULES: RuleInForce[] = [{ scope: "shop", rule: FIRST_RULE, from: null }];

/**
 * Decides who earned an order: the partner whose code was entered first. `typedCodes` are the
 * customer's codes in the order entered; `known` are our codes among them, judged at the order's time.
 */
export function attributeOrder(
  typedCodes: readonly string[],
  known: readonly KnownCode[],
): Attribution {
  const byCode = new Map(known.map((entry) => [entry.code, entry]));
  const typed = [...new Set(typedCodes.map(normalizeCode))];
  const winner = typed.map((code) => byCode.get(code)).find((entry) => entry?.partner);
  const candidates = typed.map((code) => judge(code, byCode.get(code), winner?.code));

  if (!winner?.partner) {
    const because = reasonForNobody(candidates);
    return { outcome: "nobody", because, rules: RULES, candidates };
  }
  const { code, partner } = winner;
  const hadRivals = candidates.some(({ verdict }) => verdict === "entered-later");
  return {
    outcome: "credited",
    shares: [{ key: "code", weight: 1, partner, by: { kind: "code", code } }],
    because: hadRivals ? "first-of-several" : "only-partner-code",
    rules: RULES,
    candidates,
  };
}

function judge(
  code: DiscountCode,
  entry: KnownCode | undefined,
  winner: DiscountCode | undefined,
): CodeCandidate {
  const candidate = { kind: "code" as const, code, partner: null, met: null };
  if (!entry) return { ...candidate, verdict: "not-a-partner-code" };
  if (!entry.partner) return { ...candidate, verdict: "not-assigned-then" };
  const { partner } = entry;
  return { ...candidate, partner, verdict: code === winner ? "earns" : "entered-later" };
}

function reasonForNobody(candidates: CodeCandidate[]): Uncredited["because"] {
  if (candidates.length === 0) return "no-code";
  const wasOurs = candidates.some(({ verdict }) => verdict === "not-assigned-then");
  return wasOurs ? "not-assigned-then" : "not-a-partner-code";
}
