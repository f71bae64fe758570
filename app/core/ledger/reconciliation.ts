import type { DiscountCode, OrderId, PartnerId } from "../ids.ts";

/**
 * A run that compares Shopify's orders with ours, our conversions with impact.com's actions, or our
 * codes with those on both sides.
 */
export interface Reconciliation {
  id: string;
  kind: RunKind;
  /** Of a run over one discount's codes alone. */
  discountId: string | null;
  state: "running" | "finished" | "failed";
  from: Date;
  to: Date;
  /** Where the next page begins; null at the start and when finished. */
  cursor: string | null;
  listed: number;
  /** What Shopify had and we had not, or what differed at impact.com. */
  found: number;
  /** Actions whose amount was not compared: impact.com lists them in another currency. */
  otherCurrency: number;
  /** Tries of the page that is due. */
  attempts: number;
  /** Another one begins when it has ended: something has moved that it may have passed. */
  isFollowed: boolean;
  problem: string | null;
  startedAt: Date;
  /** When a page was last read or tried. */
  progressAt: Date;
  finishedAt: Date | null;
}

/** "backfill" is the run over the orders from before the shop was connected; "orders" every later one. */
export type RunKind = "backfill" | "orders" | "actions" | "codes";

/** Where impact.com's actions and our conversions tell different stories. */
export interface Difference {
  impactOrderId: string;
  kind: DifferenceKind;
  orderId: OrderId | null;
  conversionId: string | null;
  currency: string | null;
  oursMinor: number | null;
  theirsMinor: number | null;
  ourPartnerId: PartnerId | null;
  theirPartnerId: PartnerId | null;
  /** When the action's event was; null: not known. */
  eventAt: Date | null;
  /** Where its action stands; null: found before that was written down. */
  programId: string | null;
  foundAt: Date;
}

/** As a page of actions tells it, whose program the run knows. */
export type NewDifference = Omit<Difference, "programId" | "foundAt">;

/** An order that somebody else than this app has reported, as impact.com listed it last. */
export interface CreditedThere {
  orderId: OrderId;
  programId: string;
  partnerId: PartnerId | null;
  currency: string | null;
  amountMinor: number | null;
  /** When the action's event was; null: not known. */
  eventAt: Date | null;
  foundAt: Date;
}

/**
 * Whether a run over a program's actions of that time has looked at an action: only then does it say
 * something that the run did not meet it.
 */
export function isLookedAt(
  action: Pick<Difference, "programId" | "eventAt">,
  run: { programId: string; from: Date; to: Date },
): boolean {
  const { programId, eventAt } = action;
  if (programId !== run.programId || eventAt === null) return false;
  return eventAt >= run.from && eventAt < run.to;
}

export const DIFFERENCE_KINDS = [
  "missing-there",
  "unknown-here",
  "failed-here",
  "paid-twice",
  "other-partner",
  "other-amount",
  "reversed-there",
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** What of a conversion is compared with its action. Amounts are minor units of `currency`. */
export interface ReportedConversion {
  conversionId: string;
  orderId: OrderId;
  impactOrderId: string;
  eventTypeId: string;
  /** Null while impact.com alone knows whose click it was. */
  partnerId: PartnerId | null;
  currency: string;
  state: "ready" | "sending" | "sent" | "credited" | "failed";
  /** What it was reported with. */
  reportedMinor: number;
  /** What impact.com holds after everything it was told. */
  heldMinor: number;
  isReversed: boolean;
  /** When impact.com last settled anything about it; null while something is on its way. */
  settledAt: Date | null;
  /** The start of the newest run that met its action. */
  actionSeenAt: Date | null;
  /** The live action that run met first. */
  liveActionId: string | null;
  /** It failed because impact.com pays somebody else, and the order says so. */
  isAnothers: boolean;
}

/** One that is reported again under a later order id, since this app has reversed what it had before. */
export interface RestartedConversion extends ReportedConversion {
  /** How many actions of it this app has reversed, and when the last one was. */
  reversals: number;
  reversedAt: Date | null;
}

/** Until then impact.com's lists may still show how it was before. */
const LAG_MS = 86_400_000;

/** What was settled later than that is not yet to be expected in impact.com's lists. */
export function settledInLists(now: Date): Date {
  return new Date(now.getTime() - LAG_MS);
}

/** Of what impact.com's actions name, what belongs to this shop. */
export interface OwnNames {
  orderIds: ReadonlySet<string>;
  /** Of these orders, those on which no code of a partner was. */
  uncoded: UncodedOrder[];
  /** None where another shop reports or reported to the same program: it may have a code of that text. */
  codes: ReadonlySet<DiscountCode>;
}

export interface UncodedOrder {
  orderId: OrderId;
  reason: "left-to-click" | "no-code" | "not-a-partner-code";
  placedAt: Date;
}

/** Without read_all_orders Shopify tells an app of the orders of the last 60 days only. */
const SHOPIFY_DAYS = 60;
const DAY_MS = 86_400_000;

/** The oldest order that Shopify tells of. */
export function oldestAtShopify(now: Date): Date {
  return new Date(now.getTime() - SHOPIFY_DAYS * DAY_MS);
}

/** With read_all_orders: the longest period that the ledger offers, and a day for where its days begin. */
const GRANTED_DAYS = 91;

/** How long the daily run over all orders goes back, by when they were last changed. */
export function comparedMs({ seesAllOrders }: { seesAllOrders: boolean }): number {
  return (seesAllOrders ? GRANTED_DAYS : SHOPIFY_DAYS) * DAY_MS;
}

/** An order placed since then that Shopify does not find is deleted; of an older one nobody knows. */
export function oldestCertain(now: Date): Date {
  return new Date(now.getTime() - (SHOPIFY_DAYS - 1) * DAY_MS);
}
