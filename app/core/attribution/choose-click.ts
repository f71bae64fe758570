import type { PartnerId } from "../ids.ts";
import type { ClickCandidate } from "./attribution.ts";
import { isClickId, type Click, type ClickSource } from "./click.ts";

const TRUST: Record<ClickSource, number> = { cart: 0, pixel: 1, landing: 2 };

/** A click that may earn, with the time at which it counts. */
export interface CountedClick extends Click {
  /** Never after the order: the storefront's clock may be ahead. Null: not told. */
  at: Date | null;
}

export interface ChosenClick {
  click: CountedClick | null;
  /** All by which impact.com could pay, the most trusted first. */
  payable: CountedClick[];
  /** All others, with the reason why they count for nothing. */
  others: ClickCandidate[];
}

/** What an order's clicks are measured by. */
export interface ClickTerms {
  placedAt: Date;
  /** For how many days before the order impact.com counts a click. */
  clickDays: number;
  /** The partners of the codes on the order: what their own click earns is reported by their code. */
  owners: ReadonlySet<PartnerId>;
  /** Some rule gives clicks something, or a code pays by its partner's: whose and how old they were is worth asking. */
  isWorthAsking: boolean;
}

/**
 * The one click that counts for an order: of those of which impact.com has told whose they are, else of
 * all, that of the most trusted source, and of its clicks the newest. In whatever order they come, the
 * result is the same.
 */
export function chooseClick(clicks: readonly Click[], terms: ClickTerms): ChosenClick {
  const known = onceEach(clicks)
    .map((click) => counted(click, terms.placedAt))
    .toSorted((one, other) => byTrust(one, other) || compare(one.clickId, other.clickId));
  const payable = known.filter((one) => refusalOf(one, terms) === null);
  const click = payable.find(({ partner }) => partner !== null) ?? payable[0];
  const others = known
    .filter((one) => one !== click)
    .map((one) => clickCandidate(one, refusalOf(one, terms) ?? "other-click"));
  return { click: click ?? null, payable, others };
}

/** A click as it stands among an order's candidates. */
export function clickCandidate(
  { clickId, source, partner, at, refusedFor }: CountedClick,
  verdict: ClickCandidate["verdict"],
): ClickCandidate {
  const candidate = { kind: "click" as const, clickId: shownId(clickId), source, partner, at };
  return { ...candidate, verdict, ...(refusedFor !== undefined && { refusedFor }) };
}

function counted(click: Click, placedAt: Date): CountedClick {
  const told = click.clickedAt ?? click.seenAt;
  return { ...click, at: told && told > placedAt ? placedAt : told };
}

const DAY = 86_400_000;

/** A click of no time that anybody tells can't be shown to be too old. */
function refusalOf(click: CountedClick, terms: ClickTerms): ClickCandidate["verdict"] | null {
  if (!isClickId(click.clickId)) return "malformed";
  if (click.refused) return click.refused;
  const oldest = terms.placedAt.getTime() - terms.clickDays * DAY;
  // A storefront's clock may be far behind: as long as impact.com may tell, its own is waited for.
  const mayBeNewer = click.isOpen && click.clickedAt === null && terms.isWorthAsking;
  if (click.at && click.at.getTime() < oldest && !mayBeNewer) return "too-old";
  const isByCode = click.partner !== null && terms.owners.has(click.partner.partnerId);
  return click.isUntracked && !isByCode ? "untracked" : null;
}

function byTrust(one: CountedClick, other: CountedClick): number {
  return TRUST[one.source] - TRUST[other.source] || timeOf(other.at) - timeOf(one.at);
}

/** One click heard of several times is one, with all that any of them tells: the most trusted first. */
function onceEach(clicks: readonly Click[]): Click[] {
  const byId = new Map<string, Click>();
  for (const click of clicks.toSorted(byTelling)) {
    const before = byId.get(click.clickId) ?? click;
    const refused = before.refused ?? click.refused;
    const refusedFor = before.refusedFor ?? click.refusedFor;
    const isUntracked = before.isUntracked ?? click.isUntracked;
    byId.set(click.clickId, {
      ...before,
      seenAt: before.seenAt ?? click.seenAt,
      partner: before.partner ?? click.partner,
      clickedAt: before.clickedAt ?? click.clickedAt,
      ...(refused && { refused }),
      ...(refusedFor !== undefined && { refusedFor }),
      ...(isUntracked && { isUntracked }),
    });
  }
  return [...byId.values()];
}

/** Total, so that the order in which clicks come is of no matter. */
function byTelling(one: Click, other: Click): number {
  return (
    TRUST[one.source] - TRUST[other.source] ||
    timeOf(other.seenAt) - timeOf(one.seenAt) ||
    timeOf(other.clickedAt) - timeOf(one.clickedAt) ||
    compare(one.partner?.partnerId ?? "", other.partner?.partnerId ?? "") ||
    compare(one.refused ?? "", other.refused ?? "")
  );
}

function timeOf(at: Date | null): number {
  return at?.getTime() ?? -Infinity;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

const SHOWN = 60;

/** Whatever was sent as a click id, in a form that can be stored and shown: one that can be is kept whole. */
function shownId(clickId: string): string {
  if (isClickId(clickId)) return clickId;
  const cut = clickId.length > SHOWN ? `${clickId.slice(0, SHOWN)}…` : clickId;
  return cut.replaceAll(/[^ -~…]/g, "?");
}
