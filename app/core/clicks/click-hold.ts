import { attributeOrder, type Attributable } from "../attribution/attribute-order.ts";
import type { Attribution, KnownCode } from "../attribution/attribution.ts";
import type { Click } from "../attribution/click.ts";
import { CLICK_DAYS } from "../attribution/rule.ts";
import type { RulesAt } from "../attribution/rules-at.ts";
import { reportingEndsAt } from "../conversions/reporting-limit.ts";
import type { PartnerId } from "../ids.ts";

/** How long impact.com may take to tell of a click is nowhere documented: after that it is surely there. */
const SURELY_THERE_MS = 3_600_000;
/** For asking once more, where impact.com or its budget is short of time. */
const GRACE_MS = 15 * 60_000;
/** A storefront's clock may be so far behind; a click that is older by it is surely there. */
const SKEW_MS = 86_400_000;
/** What is held goes so long before it can't be reported any more. */
const BEFORE_LIMIT_MS = 3_600_000;
/** So long impact.com may be out of order, and so often it is asked then. */
const OUTAGE_MS = 3 * 86_400_000;
const ASKED_EACH_MS = 3_600_000;
/** A checkout's pixel tells as its last page opens. */
const PIXEL_MS = 60_000;

/** An unsent order with all that decides it. */
export interface Holdable {
  order: Attributable;
  known: readonly KnownCode[];
  rules: RulesAt;
  /** It has a checkout whose pixel is on, and has told nothing yet. */
  mayHearPixel: boolean;
  /** When it was first to be sent. */
  since: Date;
}

/** Until when an order is held for its clicks, and whether for want of an answer that should have come; null: it may go. */
export function holdOf(given: Holdable, now: Date): { until: Date; isOutage: boolean } | null {
  const end = clickHoldEndsAt(given);
  if (end !== null && end > now) return { until: end, isOutage: false };
  const until = outageHoldEndsAt(given, now);
  return until && { until, isOutage: true };
}

/**
 * Until when an order is held because a click may still change who is paid for it: one that its checkout's
 * pixel may tell, or one of which impact.com has not told whose it is. Null: nothing can change it. An
 * hour before it can't be reported any more it ends too.
 */
export function clickHoldEndsAt(given: Holdable): Date | null {
  const { order, since, mayHearPixel } = given;
  const ends: Date[] = [];
  if (mayHearPixel && isPixelOfUse(given)) {
    ends.push(new Date(order.placedAt.getTime() + PIXEL_MS));
  }
  if (mayAnyTurnOut(given)) {
    ends.push(askingEndsAt({ since, placedAt: order.placedAt }));
  }
  const last = ends.toSorted((a, b) => a.getTime() - b.getTime()).at(-1);
  const latest = reportingEndsAt(order.placedAt).getTime() - BEFORE_LIMIT_MS;
  return last ? earlier(last, new Date(latest)) : null;
}

/**
 * Until when an order is held on whose click impact.com could not be asked about in time, as in an outage:
 * where a click met a partner's code, and this one may change what it takes. An hour more at a time, three days at most;
 * null: it goes as it was decided, by the code.
 */
export function outageHoldEndsAt(given: Holdable, now: Date): Date | null {
  const { order, known, rules, since } = given;
  if (!mayAnyTurnOut(given)) return null;
  const decided = attributeOrder(order, known, rules);
  if (!decided.candidates.some((one) => one.kind === "code" && one.met !== null)) return null;
  const asked = askingEndsAt({ since, placedAt: order.placedAt }).getTime();
  const limit = reportingEndsAt(order.placedAt).getTime() - BEFORE_LIMIT_MS;
  const end = Math.min(now.getTime() + ASKED_EACH_MS, asked + OUTAGE_MS, limit);
  return end > now.getTime() ? new Date(end) : null;
}

/**
 * When impact.com surely knows a click that led to an order. None is kept for longer than it counts: one
 * seen before that was seen by a clock that tells nothing.
 */
export function surelyThereAt({ seenAt }: Pick<Click, "seenAt">, placedAt: Date): Date {
  const isCredible = seenAt && placedAt.getTime() - seenAt.getTime() <= CLICK_DAYS * 86_400_000;
  const seen = isCredible ? new Date(seenAt.getTime() + SKEW_MS) : placedAt;
  return new Date(earlier(seen, placedAt).getTime() + SURELY_THERE_MS);
}

/** Until then it is worth asking whose an order's click was. */
export function askingEndsAt({ since, placedAt }: { since: Date; placedAt: Date }): Date {
  const there = placedAt.getTime() + SURELY_THERE_MS;
  return new Date(Math.max(there, since.getTime()) + GRACE_MS);
}

/** Whose a click was matters where it met a partner's code, or might give way to another click. */
export function isAskedFor({ candidates }: Pick<Attribution, "candidates">): boolean {
  const isMet = candidates.some((one) => one.kind === "code" && one.met !== null);
  return isMet || candidates.filter(({ kind }) => kind === "click").length > 1;
}

/** A partner who has no code on the order. */
const STRANGER = { partnerId: "" as PartnerId, name: "" };

const PIXELS_CLICK: Click = {
  ...{ clickId: "any", source: "pixel", seenAt: null },
  ...{ partner: STRANGER, clickedAt: new Date(8.64e15) },
};

/** Whose a click may turn out to be, for anything to change by it: of who earns it, or of whom impact.com pays. */
function mayBeOf(known: readonly KnownCode[]): Click["partner"][] {
  return [STRANGER, ...known.flatMap(({ partner, needsClick }) => (needsClick ? [partner] : []))];
}

/** Its click may change who earns it: beside those known by now, or where those turn out to be nobody's. */
function isPixelOfUse(given: Holdable): boolean {
  const { order } = given;
  const refused = order.clicks.map((click) =>
    click.isOpen ? { ...click, refused: "unknown-there" as const } : click,
  );
  return [order.clicks, refused].some((clicks) =>
    mayBeOf(given.known).some((partner) =>
      wouldChange({ ...given, order: { ...order, clicks } }, [
        ...clicks,
        { ...PIXELS_CLICK, partner },
      ]),
    ),
  );
}

/** One that doesn't count yet as well: once it is told of, it may go before the one that does. */
function mayAnyTurnOut(given: Holdable): boolean {
  return given.order.clicks.some((click) => click.isOpen && mayTurnOut(given, click));
}

/**
 * Nobody's or another program's, one of the codes' partners', or a stranger's, new or old. A click that
 * is alone is impact.com's own to know: it refuses one that is nobody's.
 */
function mayTurnOut(given: Holdable, click: Click): boolean {
  const { order, known } = given;
  if (!isAskedFor(attributeOrder(order, known, given.rules))) return false;
  const stranger = { partner: STRANGER, clickedAt: order.placedAt };
  const turns: Partial<Click>[] = [
    { refused: "unknown-there" },
    ...known.map(({ partner }) => ({ partner })),
    stranger,
    { partner: STRANGER, clickedAt: new Date(0) },
  ];
  return turns.some((turn) => {
    const told = order.clicks.map((one) =>
      one.clickId === click.clickId ? { ...one, ...turn } : one,
    );
    return wouldChange(given, told);
  });
}

/** Who earns it, or whether a code that pays nobody without it goes with its partner's click. */
function wouldChange({ order, known, rules }: Holdable, clicks: readonly Click[]): boolean {
  const needing = known.flatMap(({ code, needsClick }) => (needsClick ? [code] : []));
  const paid = (some: readonly Click[]) => {
    const attribution = attributeOrder({ ...order, clicks: some }, known, rules);
    if (attribution.outcome === "nobody") return "nobody";
    const each = attribution.shares.map(({ key, weight, by, clickId }) => {
      const isPaidByClick = by.kind === "code" && needing.includes(by.code) && Boolean(clickId);
      return [key, weight, by, isPaidByClick];
    });
    return JSON.stringify(each);
  };
  return paid(order.clicks) !== paid(clicks);
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}
