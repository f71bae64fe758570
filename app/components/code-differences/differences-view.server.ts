import { placeOf } from "#app/core/code-differences/check-place.ts";
import { CODE_KINDS, isOfExpression } from "#app/core/code-differences/code-difference.ts";
import {
  KIND_MEANINGS,
  KIND_TITLES,
  type ExplainedDifference,
} from "#app/core/code-differences/explain-difference.ts";
import { planAll } from "#app/core/code-differences/plan-all.ts";
import type { DifferenceGroup, Differences } from "#app/core/code-differences/read-differences.ts";
import { MADE_ANEW, type Repair, type RepairPlan } from "#app/core/code-differences/repairs.ts";
import type { Reconciliation } from "#app/core/ledger/reconciliation.ts";
import { timeFormats } from "../time-formats.server.ts";

export interface RepairView {
  repair: Repair;
  label: string;
  /** What it does, side by side. */
  effects: string[];
}

export interface DifferenceView {
  id: string;
  subject: string;
  title: string;
  isCode: boolean;
  partner: string | null;
  sentence: string;
  problem: string | null;
  foundAt: string;
  repairs: RepairView[];
  /** Where the merchant goes on by hand. */
  link: { url: string; text: string } | null;
}

export type GroupView = ReturnType<typeof groupView>;
export type CheckView = ReturnType<typeof checkView>;

const LABELS: Record<Repair, string> = {
  adopt: "Adopt",
  "remove-from-shopify": "Remove from Shopify",
  "make-again": "Make again",
  "end-at-impact": "End at impact.com",
  "register-again": "Register again",
  "take-over": "Register to our partner",
  "keep-theirs": "Keep impact.com's partner",
  "match-end": "Match Shopify's end",
  "match-terms": "Register as it should be",
  "take-as-live": "Take it as live",
  "follow-discount": "Count it to that discount",
  activate: "Activate",
  retire: "Retire",
};

export function differencesView(read: Differences, shop: { timeZone: string }) {
  return {
    groups: read.groups.map((group) => groupView(group, shop)),
    check: checkView(read, shop),
    hasProgram: read.hasProgram,
    timeZone: shop.timeZone,
  };
}

function groupView({ kind, count, differences }: DifferenceGroup, shop: { timeZone: string }) {
  // One that nothing can be done about takes nothing from the others.
  const offered = new Set(differences.flatMap(({ repairs }) => repairs.map((one) => one.repair)));
  return {
    kind,
    title: KIND_TITLES[kind],
    meaning: KIND_MEANINGS[kind],
    count,
    rows: differences.map((one) => differenceView(one, shop)),
    /** What can be done about all of them at once. */
    repairs: [...offered].map((repair) => ({
      ...{ repair, label: LABELS[repair] },
      isFinal: planAll(repair, kind).final !== null,
      preview: previewAll(repair, { kind, count, differences }),
    })),
  };
}

const ONE_FIRST =
  "impact.com may refuse a code whose registration has ended. So one goes first: if it is refused, the others stay as they are.";

/** In sentences: how many, what happens where, and what can't be taken back. */
function previewAll(repair: Repair, { kind, count, differences }: DifferenceGroup): string[] {
  const plan = planAll(repair, kind);
  const codes = differences.reduce((sum, { difference }) => sum + difference.codes, 0);
  const ofCodes = codes > differences.length && differences.length === count;
  const without = differences.filter(
    ({ repairs }) => !repairs.some((each) => each.repair === repair),
  ).length;
  const number = (some: number) => some.toLocaleString("en-US");
  return [
    `${number(count)} of “${KIND_TITLES[kind]}”${ofCodes ? `, ${number(codes)} codes in all` : ""}.`,
    ...effectsOf(plan),
    ...(MADE_ANEW.includes(repair) ? [ONE_FIRST] : []),
    ...(plan.final ? [`This can't be undone: ${plan.final}`] : []),
    ...(without > 0
      ? [
          `${number(without)} of the ${number(differences.length)} listed here can't be repaired this way: they stay as they are.`,
        ]
      : []),
  ];
}

function differenceView(
  { difference, sentence, repairs }: ExplainedDifference,
  { timeZone }: { timeZone: string },
): DifferenceView {
  const { kind, subject, problem, foundAt, discountTitle, ourPartner, theirPartner } = difference;
  const isCode = CODE_KINDS.some((one) => one === kind);
  const isOfFamily = kind === "family-lost" || kind === "family-unused";
  const isExpression = isOfExpression(difference);
  const isText = isCode || isOfFamily || isExpression;
  const ofPartner = kind === "contract-ended" ? (ourPartner ?? `Partner ${subject}`) : null;
  return {
    id: `${kind}/${subject}`,
    subject,
    title: isText ? subject : (ofPartner ?? discountTitle ?? "A discount"),
    isCode: isText,
    partner: isText ? ((isExpression ? null : ourPartner) ?? theirPartner) : null,
    sentence,
    problem,
    foundAt: timeFormats(timeZone).minute(foundAt),
    repairs: repairs.map(({ repair, plan }) => ({
      repair,
      label: LABELS[repair],
      effects: effectsOf(plan),
    })),
    link: linkFor(difference),
  };
}

function effectsOf({ inShopify, atImpact, here }: RepairPlan): string[] {
  return [
    ...(inShopify ? [`In Shopify: ${inShopify}`] : []),
    ...(atImpact ? [`At impact.com: ${atImpact}`] : []),
    ...(here ? [`Here: ${here}`] : []),
  ];
}

function linkFor({ kind, discountId }: ExplainedDifference["difference"]): DifferenceView["link"] {
  if (kind === "contract-ended") return { url: "/app/partners", text: "See partners" };
  return discountId ? { url: `/app/discounts/${discountId}`, text: "See discount" } : null;
}

function checkView(
  { run, lastWhole, isImpactChecked, leavesOutTheirs }: Differences,
  { timeZone }: { timeZone: string },
) {
  const { minute } = timeFormats(timeZone);
  const isRunning = run?.state === "running";
  return {
    isRunning,
    progress: isRunning ? progressOf(run) : null,
    waits: isRunning ? run.problem : null,
    problem: run?.state === "failed" ? run.problem : null,
    notRead: lastWhole?.problem ?? (run?.state === "finished" ? run.problem : null),
    isImpactChecked,
    leavesOutTheirs: isImpactChecked && leavesOutTheirs,
    lastAt: lastWhole ? minute(lastWhole.finishedAt ?? lastWhole.startedAt) : null,
  };
}

/** How many codes there are to read is only known at the end. */
function progressOf(run: Reconciliation): { percent: number; text: string } {
  const listed = `${run.listed.toLocaleString("en-US")} read so far`;
  const place = placeOf(run);
  switch (place.stage) {
    case "discounts":
      return { percent: 5, text: "Looking at the discounts in Shopify." };
    case "codes":
      return { percent: 25, text: `Reading the codes in Shopify, ${listed}.` };
    case "impact":
      return { percent: 60, text: `Reading the codes at impact.com, ${listed}.` };
    case "compare":
      return { percent: 85, text: `Comparing, ${listed}.` };
  }
}
