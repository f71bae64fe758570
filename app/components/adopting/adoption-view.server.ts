import type { Adoption, AdoptionVerdict, FoundBy } from "#app/core/adopting/adoption.ts";
import type { AdoptionDetail } from "#app/core/adopting/read-adoption.ts";
import { isoDay } from "../iso-day.server.ts";
import { sumText } from "../sum-text.server.ts";
import { timeFormats } from "../time-formats.server.ts";

export type AdoptionView = ReturnType<typeof adoptionView>;

/** What was found of codes that are to be adopted, in the words of its page. */
export function adoptionView(detail: AdoptionDetail, timeZone: string) {
  const { adoption, verdicts, partners, allPartners, left, late, now, discounts } = detail;
  const codes = (verdict: AdoptionVerdict) =>
    verdicts
      .filter((one) => one.verdict === verdict)
      .reduce((sum, { codes: count }) => sum + count, 0);
  const [assigned, nobodys, refused] = [codes("assigned"), codes("nobodys"), codes("refused")];
  const source = adoption.plan.source.kind;
  const isOurs = source === "nobodys";
  return {
    id: adoption.id,
    state: adoption.expiresAt <= now && adoption.batchId === null ? "gone" : adoption.state,
    isOurs,
    title: titleOf(detail),
    reading: sayReading(adoption),
    problem: adoption.problem,
    batchId: adoption.batchId,
    by: adoption.plan.by.kind,
    foundBy: sayFoundBy(detail),
    file: fileView(detail),
    pattern: adoption.plan.by.kind === "pattern" ? adoption.plan.by.pattern : null,
    // Of these, not all codes of a discount were asked for.
    counted: isOurs || source === "impact" ? null : discounts.codesCount,
    listed: discounts.listed,
    short: discounts.short.map(({ title, listed, codesCount }) => ({
      title,
      listed,
      codes: codesCount,
    })),
    managed: codes("managed"),
    ...{ assigned, nobodys, refused },
    /** What the batch would take. */
    toAdopt: isOurs ? assigned : assigned + nobodys + refused,
    partners: partners.map(({ partnerId: id, name, codes: count }) => ({ id, name, codes: count })),
    allPartners,
    left: left.map(({ code, problem }) => ({ id: code, code, problem: problem ?? CHOSEN })),
    late: { ...late, worth: sumText(late.worth) },
    since: isoDay(detail.from, timeZone),
    earliest: isoDay(detail.oldest, timeZone),
    today: isoDay(now, timeZone),
    keptUntil: timeFormats(timeZone).minute(adoption.expiresAt),
  };
}

/** By what partners were found, where there is more than one way to it. */
function sayFoundBy({ verdicts }: AdoptionDetail): string | null {
  const ways = verdicts.flatMap(({ because, codes }) => (because ? [{ because, codes }] : []));
  if (ways.length === 0) return null;
  return ways
    .map(({ because, codes }) => `${codes.toLocaleString("en")} ${BY[because]}`)
    .join(", ");
}

const BY: Record<FoundBy, string> = {
  impact: "by impact.com",
  family: "by a code family",
  pattern: "by the pattern",
  file: "by the file",
};

function fileView({ adoption: { plan }, wrongRows }: AdoptionDetail) {
  if (plan.by.kind !== "file") return null;
  const { fileName: name, rows, wrong } = plan.by;
  const shown = wrongRows.map(({ number, problems }) => ({
    ...{ id: String(number), why: problems.join(" ") },
  }));
  return { name, rows, wrong, wrongRows: shown };
}

const CHOSEN = "It is left to be assigned later.";

function titleOf({ adoption, discounts: { all, title } }: AdoptionDetail): string {
  if (adoption.plan.source.kind === "nobodys") return "Codes that nobody has";
  if (adoption.plan.source.kind === "impact") return "Codes registered at impact.com";
  if (title === null) return "Codes in Shopify";
  const named = title || "Untitled";
  return all === 1 ? named : `${named} and ${(all - 1).toLocaleString("en")} more`;
}

function sayReading({ plan: { place } }: Adoption): string {
  switch (place.stage) {
    case "discounts":
      return "Discounts are being read in Shopify.";
    case "codes":
      return place.pass > 0
        ? "Shopify listed fewer codes than it counts. They are read again."
        : "Codes are being read in Shopify.";
    case "nobodys":
      return "Codes that nobody has are being read.";
    case "impact":
      return "Registrations are being read at impact.com.";
    case "locate":
      return "Their discounts are being looked for in Shopify.";
    case "judge":
      return "Partners are being found.";
  }
}
