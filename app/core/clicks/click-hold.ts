import { attributeOrder, type Attributable } from "../attribution/attribute-order.ts";
import type { KnownCode } from "../attribution/attribution.ts";
import { chooseClick, type CountedClick } from "../attribution/choose-click.ts";
import type { Click } from "../attribution/click.ts";
import type { RulesAt } from "../attribution/rules-at.ts";
import { reportingEndsAt } from "../conversions/reporting-limit.ts";

/** How long impact.com may take to tell of a click is nowhere documented: after that it is surely there. */
const SURELY_THERE_MS = 3_600_000;
/** For asking once more, where impact.com or its budget is short of time. */
const GRACE_MS = 15 * 60_000;
/** A checkout's pixel tells as its last page opens. */
const PIXEL_MS = 2 * 60_000;

/** An unsent order with all that decides it. */
export interface Holdable {
  order: Attributable;
  known: readonly KnownCode[];
  rules: RulesAt;
  /** It has a checkout, and its pixel has told nothing yet. */
  mayHearPixel: boolean;
  /** When it was first to be sent. */
  since: Date;
}

/**
 * Until when an order is held because a click may still change who earns it: one that its checkout's
 * pixel may tell, or one of which impact.com has not told whose it is. Null: nothing can change it. The
 * end of the days in which it can be reported ends it too.
 */
export function clickHoldEndsAt(given: Holdable): Date | null {
  const { order, since, mayHearPixel } = given;
  const ends: Date[] = [];
  if (mayHearPixel && wouldChange(given, [...order.clicks, PIXELS_CLICK])) {
    ends.push(new Date(order.placedAt.getTime() + PIXEL_MS));
  }
  const { click } = chooseClick(order.clicks, order.placedAt);
  if (click?.isOpen && meetsCode(given) && mayTurnOut(given, click)) {
    ends.push(askingEndsAt({ since, placedAt: order.placedAt }));
  }
  const last = ends.toSorted((a, b) => a.getTime() - b.getTime()).at(-1);
  return last ? earlier(last, reportingEndsAt(order.placedAt)) : null;
}

/** When impact.com surely knows a click, by whichever clock tells of it first. */
export function surelyThereAt({ seenAt }: Pick<Click, "seenAt">, placedAt: Date): Date {
  return new Date(earlier(seenAt ?? placedAt, placedAt).getTime() + SURELY_THERE_MS);
}

/** Until then it is worth asking whose an order's click was. */
export function askingEndsAt({ since, placedAt }: { since: Date; placedAt: Date }): Date {
  const there = placedAt.getTime() + SURELY_THERE_MS;
  return new Date(Math.max(there, since.getTime()) + GRACE_MS);
}

const PIXELS_CLICK: Click = {
  ...{ clickId: "any", source: "pixel", seenAt: null, partner: null, clickedAt: new Date(8.64e15) },
};

function meetsCode({ order, known, rules }: Holdable): boolean {
  const { candidates } = attributeOrder(order, known, rules);
  return candidates.some((one) => one.kind === "code" && one.met !== null);
}

/** Nobody's or another program's, one of the codes' partners', or a stranger's, new or old. */
function mayTurnOut(given: Holdable, click: CountedClick): boolean {
  const { order, known } = given;
  const stranger = { clickedAt: order.placedAt };
  const turns: Partial<Click>[] = [
    { refused: "unknown-there" },
    ...known.map(({ partner }) => ({ partner })),
    stranger,
    { clickedAt: new Date(0) },
  ];
  return turns.some((turn) => {
    const told = order.clicks.map((one) =>
      one.clickId === click.clickId ? { ...one, ...turn } : one,
    );
    return wouldChange(given, told);
  });
}

function wouldChange({ order, known, rules }: Holdable, clicks: readonly Click[]): boolean {
  const earners = (some: readonly Click[]) => {
    const attribution = attributeOrder({ ...order, clicks: some }, known, rules);
    if (attribution.outcome === "nobody") return "nobody";
    return JSON.stringify(attribution.shares.map(({ key, weight, by }) => [key, weight, by]));
  };
  return earners(order.clicks) !== earners(clicks);
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}
