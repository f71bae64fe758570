import { groupBy } from "../group-by.ts";
import type { DiscountCode } from "../ids.ts";
import type { CodeMaking } from "../ports/code-making.ts";
import { failure, success, type Problem, type Result } from "../result.ts";
import type { NamedPartner } from "../uploads/partner-lookup.ts";
import { nameKeys, type NameToken } from "./name-keys.ts";

export type PartnerPatternProblem = Problem<"partner-pattern">;

/** A merchant's pattern: what stands before and behind the partner; * is anything. */
export interface PartnerPattern {
  token: NameToken;
  before: string;
  behind: string;
}

const TOKEN = /\{\s*(PARTNER|FIRST|LAST|NAME|ID)\s*\}/g;
const LONGEST_PATTERN = 100;

/** Reads a pattern such as {PARTNER}-*: one token, and any text and stars around it. */
export function parsePartnerPattern(text: string): Result<PartnerPattern, PartnerPatternProblem> {
  const pattern = text.trim().toUpperCase();
  const [found, second] = [...pattern.matchAll(TOKEN)];
  if (!found || second || pattern.length > LONGEST_PATTERN) return failure(NO_TOKEN);
  const before = pattern.slice(0, found.index);
  const behind = pattern.slice(found.index + found[0].length);
  if (/[{}]/.test(before + behind)) return failure(NO_TOKEN);
  return success({ token: found[1] as NameToken, before, behind });
}

const NO_TOKEN: PartnerPatternProblem = {
  kind: "partner-pattern",
  retry: "never",
  message:
    "Say once where the partner stands in the code, with {PARTNER}, {FIRST}, {LAST}, {NAME} or {ID}, and write * for anything else: {PARTNER}-*.",
};

export type PartnerMatch =
  | { kind: "one"; partner: NamedPartner }
  /** Of them only the merchant knows whose it is. */
  | { kind: "several"; partners: readonly NamedPartner[] }
  | { kind: "none" };

/** Finds whose name stands in a code, in memory: a shop may have 100,000 codes. */
export type PartnerMatcher = (code: DiscountCode) => PartnerMatch;

/**
 * The partner of whose name or id most stands where the pattern has it. Beside a star a name is a whole
 * word: SAMANTHA20 is not Sam's.
 */
export function createPartnerMatcher(
  { token, before, behind }: PartnerPattern,
  partners: readonly NamedPartner[],
  toAscii: CodeMaking["toAscii"],
): PartnerMatcher {
  const spelled = partners.flatMap((partner) =>
    nameKeys(partner, token, toAscii).map((key) => ({ key, partner })),
  );
  const byKey = groupBy(spelled, ({ key }) => key);
  const longest = spelled.reduce((most, { key }) => Math.max(most, key.length), 0);
  const [starts, ends] = [globOf(before), globOf(behind)];
  const isFree = { before: before.endsWith("*"), behind: behind.startsWith("*") };

  return (code) => {
    let best: readonly NamedPartner[] = [];
    let bestLength = 0;
    for (let from = 0; from < code.length; from += 1) {
      if (!starts.test(code.slice(0, from))) continue;
      if (isFree.before && isWithinWord(code, from)) continue;
      for (
        let to = Math.min(code.length, from + longest);
        to - from >= Math.max(1, bestLength);
        to -= 1
      ) {
        const found = byKey.get(code.slice(from, to));
        if (!found || !ends.test(code.slice(to))) continue;
        if (isFree.behind && isWithinWord(code, to)) continue;
        const here = found.map(({ partner }) => partner);
        best = to - from > bestLength ? here : [...best, ...here];
        bestLength = to - from;
      }
    }
    return matchOf([...new Set(best)]);
  };
}

function matchOf(partners: readonly NamedPartner[]): PartnerMatch {
  const [partner] = partners;
  if (!partner) return { kind: "none" };
  return partners.length === 1 ? { kind: "one", partner } : { kind: "several", partners };
}

function globOf(text: string): RegExp {
  const literal = (part: string) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const stretches = text.split(/\*+/).map(literal);
  return new RegExp(`^${stretches.join("[^]*?")}$`);
}

/** Letters run on across that place, or digits do. */
function isWithinWord(code: string, at: number): boolean {
  const kindOf = (sign: string | undefined) =>
    sign === undefined
      ? "none"
      : /\p{L}/u.test(sign)
        ? "letter"
        : /\p{N}/u.test(sign)
          ? "digit"
          : "none";
  const [left, right] = [kindOf(code[at - 1]), kindOf(code[at])];
  return left === right && left !== "none";
}
