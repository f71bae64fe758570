import { normalizeCode } from "../codes/code-text.ts";
import type { DiscountCode, PartnerId } from "../ids.ts";

/** One of our codes with the partner it belonged to when the order was placed; null: to nobody. */
export interface KnownCode {
  code: DiscountCode;
  partner: { partnerId: PartnerId; name: string } | null;
}

/** A typed code and what became of it. */
export interface Candidate {
  code: DiscountCode;
  partner: KnownCode["partner"];
  verdict: "earns" | "entered-later" | "not-a-partner-code" | "not-assigned-then";
}

export type Attribution =
  | {
      outcome: "credited";
      rule: "first-code";
      partner: { partnerId: PartnerId; name: string };
      code: DiscountCode;
      because: "only-partner-code" | "first-of-several";
      candidates: Candidate[];
    }
  | {
      outcome: "nobody";
      rule: "first-code";
      because: "no-code" | "not-a-partner-code" | "not-assigned-then";
      candidates: Candidate[];
    };

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
    return {
      outcome: "nobody",
      rule: "first-code",
      because: reasonForNobody(candidates),
      candidates,
    };
  }
  const hadRivals = candidates.some(({ verdict }) => verdict === "entered-later");
  return {
    outcome: "credited",
    rule: "first-code",
    partner: winner.partner,
    code: winner.code,
    because: hadRivals ? "first-of-several" : "only-partner-code",
    candidates,
  };
}

function judge(
  code: DiscountCode,
  entry: KnownCode | undefined,
  winner: DiscountCode | undefined,
): Candidate {
  if (!entry) return { code, partner: null, verdict: "not-a-partner-code" };
  if (!entry.partner) return { code, partner: null, verdict: "not-assigned-then" };
  return { code, partner: entry.partner, verdict: code === winner ? "earns" : "entered-later" };
}

function reasonForNobody(
  candidates: Candidate[],
): "no-code" | "not-a-partner-code" | "not-assigned-then" {
  if (candidates.length === 0) return "no-code";
  const wasOurs = candidates.some(({ verdict }) => verdict === "not-assigned-then");
  return wasOurs ? "not-assigned-then" : "not-a-partner-code";
}
