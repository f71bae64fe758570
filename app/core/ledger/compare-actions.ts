import { normalizeCode } from "../codes/code-text.ts";
import { isOrderId } from "../ids.ts";
import type { ImpactAction } from "../ports/impact.ts";
import { byEarlierId, earlierDifference } from "./earlier-actions.ts";
import {
  settledInLists,
  type Difference,
  type NewDifference,
  type OwnNames,
  type ReportedConversion,
  type RestartedConversion,
} from "./reconciliation.ts";

export interface Comparison {
  differences: NewDifference[];
  /** The actions of orders that were left to impact.com's tag, the first of each: what the rule says, and no difference. */
  byTag: NewDifference[];
  /** Found before on another page of the same run, and not so after all. */
  refuted: Pick<Difference, "impactOrderId" | "kind">[];
  /** Conversions whose action is here. */
  seen: string[];
  /** Of those seen, the live action met first. */
  live: { conversionId: string; actionId: string }[];
  /** Of how many the amounts are compared by their shares alone, as impact.com lists another currency. */
  otherCurrency: number;
}

interface Question {
  actions: readonly ImpactAction[];
  conversions: readonly ReportedConversion[];
  /** Of the orders that the actions name. */
  restarted: readonly RestartedConversion[];
  own: OwnNames;
  /** Orders that the merchant's rule leaves to impact.com's tag. */
  leftToTag: ReadonlySet<string>;
  run: { startedAt: Date };
  now: Date;
}

/**
 * What a page of impact.com's actions tells otherwise than we do. An order id may have several
 * actions after a reattribution, in any order and on several pages: a live one outweighs reversed ones.
 */
export function compareActions(question: Question): Comparison {
  const { actions, conversions, own, leftToTag, now } = question;
  const byKey = new Map(conversions.map((one) => [keyOf(one), one]));
  const result: Comparison = {
    ...{ differences: [], byTag: [], refuted: [], seen: [], live: [], otherCurrency: 0 },
  };
  const earlier = byEarlierId(question.restarted);
  const tags = new Map<string, ImpactAction>();
  for (const action of liveFirst(actions)) {
    const ours = byKey.get(keyOf(action));
    const before = earlier.get(action.impactOrderId);
    if (ours) compareWithOurs(action, ours, question, result);
    else if (before) result.differences.push(...earlierDifference(action, before, now));
    else if (isTags(action, leftToTag, tags)) tags.set(action.impactOrderId, action);
    else if (isOurs(action, own)) result.differences.push(unknownHere(action, own));
  }
  result.byTag = [...tags.values()].map((action) => unknownHere(action, own));
  return { ...result, differences: unique(result.differences) };
}

/** The one live action of an order left to impact.com's tag; a list may tell of it on two pages. */
function isTags(
  { impactOrderId, actionId, state }: ImpactAction,
  leftToTag: ReadonlySet<string>,
  met: ReadonlyMap<string, ImpactAction>,
): boolean {
  if (state === "reversed" || !leftToTag.has(impactOrderId)) return false;
  return (met.get(impactOrderId)?.actionId ?? actionId) === actionId;
}

function compareWithOurs(
  action: ImpactAction,
  ours: ReportedConversion,
  { run, now }: Question,
  result: Comparison,
): void {
  const isLive = action.state !== "reversed";
  const { seenBefore, liveBefore } = notePresence(action, ours, run, result);
  const isSettled = ours.settledAt !== null && ours.settledAt <= settledInLists(now);
  if (ours.state === "failed" && isLive && !ours.isAnothers && (isSettled || !ours.settledAt)) {
    result.differences.push(differenceOf("failed-here", action, ours));
  }
  if (ours.state !== "credited" || !isSettled) return;
  if (isLive && liveBefore !== null && liveBefore !== action.actionId) {
    result.differences.push(differenceOf("paid-twice", action, ours));
    return;
  }
  if (!isLive) {
    const isNews = !ours.isReversed && !seenBefore;
    if (isNews) result.differences.push(differenceOf("reversed-there", action, ours));
    return;
  }
  const { impactOrderId } = ours;
  if (seenBefore) result.refuted.push({ impactOrderId, kind: "reversed-there" });
  if (ours.partnerId !== null && action.partnerId !== ours.partnerId) {
    result.differences.push(differenceOf("other-partner", action, ours));
  }
  const oursMinor = ours.isReversed ? 0 : ours.heldMinor;
  const theirsMinor = inOurCurrency(action, ours);
  const isOurCurrency = action.currency === ours.currency;
  if (!isOurCurrency) result.otherCurrency += 1;
  if (theirsMinor === null) return;
  const differs = Math.abs(theirsMinor - oursMinor);
  if (differs > (isOurCurrency ? 0 : ours.reportedMinor * RATE_LEEWAY)) {
    result.differences.push(differenceOf("other-amount", action, ours));
  }
}

/** Of an amount in another currency only its share of what was first reported can be compared. */
const RATE_LEEWAY = 0.01;

/** The amount first intended tells at which rate impact.com exchanged it; null where that can't be known. */
function inOurCurrency(
  { currency, amountMinor, intendedMinor }: ImpactAction,
  ours: ReportedConversion,
): number | null {
  if (amountMinor === null || currency === ours.currency) return amountMinor;
  return intendedMinor ? Math.round((amountMinor * ours.reportedMinor) / intendedMinor) : null;
}

/** Writes down that the run met the action, and tells what it met of the same conversion before. */
function notePresence(
  { state, actionId }: ImpactAction,
  { conversionId, actionSeenAt, liveActionId }: ReportedConversion,
  run: { startedAt: Date },
  { seen, live }: Comparison,
): { seenBefore: boolean; liveBefore: string | null } {
  const seenOnOtherPage = actionSeenAt !== null && actionSeenAt >= run.startedAt;
  const seenBefore = seenOnOtherPage || seen.includes(conversionId);
  const liveHere = live.find((one) => one.conversionId === conversionId)?.actionId ?? null;
  const liveBefore = liveHere ?? (seenOnOtherPage ? liveActionId : null);
  if (!seenBefore) seen.push(conversionId);
  if (state !== "reversed" && liveBefore === null) live.push({ conversionId, actionId });
  return { seenBefore, liveBefore };
}

function differenceOf(
  kind: Difference["kind"],
  action: ImpactAction,
  ours: ReportedConversion,
): NewDifference {
  return {
    impactOrderId: ours.impactOrderId,
    kind,
    orderId: ours.orderId,
    conversionId: ours.conversionId,
    currency: ours.currency,
    oursMinor: ours.isReversed ? 0 : ours.heldMinor,
    theirsMinor: inOurCurrency(action, ours),
    ourPartnerId: ours.partnerId,
    theirPartnerId: action.partnerId,
    eventAt: action.eventAt,
  };
}

function unknownHere(action: ImpactAction, own: OwnNames): NewDifference {
  const { impactOrderId } = action;
  const isOurId = isOrderId(impactOrderId) && own.orderIds.has(impactOrderId);
  return {
    impactOrderId,
    kind: "unknown-here",
    orderId: isOurId ? impactOrderId : null,
    conversionId: null,
    currency: action.currency,
    oursMinor: null,
    theirsMinor: action.amountMinor,
    ourPartnerId: null,
    theirPartnerId: action.partnerId,
    eventAt: action.eventAt,
  };
}

/** Somebody else reports orders of this shop: nobody is to be paid twice. A reversed one pays nobody. */
function isOurs(action: ImpactAction, { orderIds, codes }: OwnNames): boolean {
  if (action.state === "reversed" || action.impactOrderId === "") return false;
  if (orderIds.has(action.impactOrderId)) return true;
  return action.promoCode !== null && codes.has(normalizeCode(action.promoCode));
}

function liveFirst(actions: readonly ImpactAction[]): ImpactAction[] {
  const rank = ({ state }: ImpactAction) => (state === "reversed" ? 1 : 0);
  return actions.toSorted((a, b) => rank(a) - rank(b));
}

function keyOf({ impactOrderId, eventTypeId }: { impactOrderId: string; eventTypeId: string }) {
  return `${eventTypeId}/${impactOrderId}`;
}

function unique(differences: NewDifference[]): NewDifference[] {
  return [...new Map(differences.map((one) => [`${one.kind}/${one.impactOrderId}`, one])).values()];
}
