import type { Standing } from "../codes/expressions/find-standing.ts";
import { ELSEWHERE } from "../codes/families/join-families.ts";
import type { CodeFamily } from "../codes/families/code-family.ts";
import { LONGEST_CODE } from "../codes/code-text.ts";
import { whyNotOurs } from "../codes/why-not-ours.ts";
import type { PartnerId } from "../ids.ts";
import type { Partner } from "../partners/partner.ts";
import type { FoundBy, FoundCode, JudgedCode, PartnersBy } from "./adoption.ts";
import type { PartnerMatcher } from "./match-partner.ts";

export interface Judging {
  by: PartnersBy;
  partners: ReadonlyMap<PartnerId, Partner>;
  /** Null where partners are not found by a pattern. */
  match: PartnerMatcher | null;
}

/** The families and other expressions that match a code. */
export interface Matched {
  family: CodeFamily | null;
  /** To whom another shop's is registered. */
  elsewhere: PartnerId | undefined;
  /** None of this shop's families. */
  expressions: readonly Standing[];
}

/** Whose a found code will be, by what, or why it will be nobody's. */
export function judgeFound(
  found: FoundCode,
  matched: Matched,
  { by, partners, match }: Judging,
): JudgedCode {
  const { code } = found;
  if (found.isManaged) return { code, ...NOBODY, verdict: "managed" };
  if (code.length > LONGEST_CODE) return { code, ...nobodys(TOO_LONG) };
  const candidate = findPartner(found, matched, { by, match });
  if ("problem" in candidate) return { code, ...nobodys(candidate.problem) };
  const twoHave = whoBothHave(found);
  if (twoHave) return { code, ...NOBODY, verdict: "refused", problem: twoHave };
  const partner = partners.get(candidate.partnerId);
  if (!partner?.hasContract) return { code, ...nobodys(noContract(partner, candidate.partnerId)) };
  const { partnerId, because } = candidate;
  const others = whoseElse(found, partnerId, matched);
  if (others) return { code, ...NOBODY, verdict: "refused", problem: others };
  return { code, verdict: "assigned", partnerId, because, problem: null };
}

/** Which of two partners impact.com would pay nobody can tell from here. */
function whoBothHave({ atImpact, rival }: FoundCode): string | null {
  if (!atImpact || !rival) return null;
  const [one, other] = [atImpact, rival].map(
    ({ code, partnerName, partnerId }) => `${code} to ${partnerName || `partner ${partnerId}`}`,
  );
  return `At impact.com ${one} and ${other} are registered at once, and Shopify takes both for one code. Expire one of them there, then begin again.`;
}

type Candidate = { partnerId: PartnerId; because: FoundBy } | { problem: string | null };

function findPartner(
  { code, atImpact, namedId }: FoundCode,
  { family, elsewhere, expressions: [expression] }: Matched,
  { by, match }: Pick<Judging, "by" | "match">,
): Candidate {
  switch (by.kind) {
    case "impact":
      if (atImpact) return { partnerId: atImpact.partnerId, because: "impact" };
      if (family) return { partnerId: family.partner.partnerId, because: "family" };
      if (!expression || elsewhere) return { problem: "impact.com has it registered to nobody." };
      return {
        problem: `impact.com has it registered to nobody by itself, and ${sayExpression(expression)}.`,
      };
    case "file":
      if (namedId) return { partnerId: namedId, because: "file" };
      return { problem: "The file names no partner for it." };
    case "pattern": {
      const matched = match?.(code) ?? { kind: "none" };
      if (matched.kind === "one") {
        return { partnerId: matched.partner.partnerId, because: "pattern" };
      }
      return { problem: matched.kind === "none" ? noMatch(by.pattern) : several(matched.partners) };
    }
    case "nobody":
      return { problem: null };
  }
}

function whoseElse(
  { code, atImpact }: FoundCode,
  partnerId: PartnerId,
  { family, elsewhere = partnerId, expressions }: Matched,
): string | null {
  if (atImpact && atImpact.partnerId !== partnerId) {
    const standing = whyNotOurs(atImpact, { code, partnerId, during: null });
    return `${standing}. Expire it there first, or let impact.com say whose it is.`;
  }
  if (family && family.partner.partnerId !== partnerId) {
    return `It is one of the codes ${family.shape} that impact.com credits to ${family.partner.name}.`;
  }
  if (elsewhere !== partnerId) return `It ${ELSEWHERE}.`;
  const expression = expressions.find((one) => one.partnerId !== partnerId);
  return expression
    ? `At impact.com ${sayExpression(expression)}, so it may be credited to them. End that expression there first, then begin again.`
    : null;
}

function sayExpression({ code, partnerName, partnerId }: Standing): string {
  return `the regular expression ${code} of ${partnerName || `partner ${partnerId}`} matches it`;
}

const NOBODY = { partnerId: null, because: null, problem: null };

function nobodys(problem: string | null) {
  return { ...NOBODY, verdict: "nobodys" as const, problem };
}

const TOO_LONG = `It is longer than the ${LONGEST_CODE} characters that impact.com takes.`;

function noContract(partner: Partner | undefined, partnerId: PartnerId): string {
  if (!partner)
    return `impact.com's partner ${partnerId} is not known here. Sync partners, then try again.`;
  return `${partner.name} has no live contract with this program, so impact.com would pay nothing.`;
}

function noMatch(pattern: string): string {
  return `No partner's name or id stands where ${pattern} has it.`;
}

const MOST_NAMED = 3;

function several(partners: readonly { name: string; partnerId: PartnerId }[]): string {
  const named = partners
    .slice(0, MOST_NAMED)
    .map(({ name, partnerId }) => `${name} (${partnerId})`)
    .join(", ");
  const more = partners.length > MOST_NAMED ? ` and ${partners.length - MOST_NAMED} more` : "";
  return `It may be any of ${named}${more}. Name its partner in a file.`;
}
