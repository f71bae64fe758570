import type { Prisma } from "@prisma/client";
import type { Attribution, Candidate, KnownCode } from "#app/core/attribution/attribution.ts";
import { FIRST_RULE, type RuleInForce } from "#app/core/attribution/rule.ts";
import type { DiscountCode } from "#app/core/ids.ts";

/** Only `saveDecisions` writes the column, so its shape is known. */
export function attributionFromJson(json: Prisma.JsonValue): Attribution {
  const stored = json as unknown as Attribution | StoredBeforeShares;
  if (!("rules" in stored)) return fromBeforeShares(stored);
  return {
    ...stored,
    rules: stored.rules.map(revivedRule),
    candidates: stored.candidates.map(revivedCandidate),
  };
}

function revivedRule(rule: RuleInForce): RuleInForce {
  if (rule.scope !== "shop") return { ...rule, from: new Date(rule.from) };
  return { ...rule, from: rule.from && new Date(rule.from) };
}

function revivedCandidate(candidate: Candidate): Candidate {
  if (candidate.kind === "code") return candidate;
  return { ...candidate, at: candidate.at && new Date(candidate.at) };
}

/** As decisions were stored before 2026-11-26: by the first code alone. */
type StoredBeforeShares = {
  candidates: {
    code: DiscountCode;
    partner: KnownCode["partner"];
    verdict: "earns" | "entered-later" | "not-a-partner-code" | "not-assigned-then";
  }[];
} & (
  | {
      outcome: "credited";
      partner: NonNullable<KnownCode["partner"]>;
      code: DiscountCode;
      because: "only-partner-code" | "first-of-several";
    }
  | { outcome: "nobody"; because: "no-code" | "not-a-partner-code" | "not-assigned-then" }
);

function fromBeforeShares(stored: StoredBeforeShares): Attribution {
  const rules: RuleInForce[] = [{ scope: "shop", rule: FIRST_RULE, from: null }];
  const candidates = stored.candidates.map(({ code, partner, verdict }) => ({
    kind: "code" as const,
    code,
    partner,
    verdict,
    met: null,
  }));
  if (stored.outcome === "nobody") {
    return { outcome: "nobody", because: stored.because, rules, candidates };
  }
  const { partner, code, because } = stored;
  const share = { key: "code", weight: 1, partner, by: { kind: "code" as const, code } };
  return { outcome: "credited", shares: [share], because, rules, candidates };
}
