import type { Ledger } from "#app/core/ledger/read-ledger.ts";
import type { OrderReason, OrderState } from "#app/core/orders/order-state.ts";
import { daySpan } from "../day-span.server.ts";
import { ORDER_STATES } from "../orders/order-states.ts";
import { timeFormats } from "../time-formats.server.ts";
import { ledgerLine } from "./ledger-line.ts";
import { reasonLabel } from "./reason-label.ts";
import { stateMeaning } from "./state-meaning.ts";

export interface LedgerPart {
  part: OrderState | "not-here";
  label: string;
  meaning: string;
  orders: number;
  /** Its orders; null where we have none of them yet. */
  url: string | null;
}

export interface ReasonRow {
  id: OrderReason | "deleted-in-shopify";
  state: OrderState | null;
  label: string;
  orders: string;
  share: string;
  url: string;
}

export type LedgerView = ReturnType<typeof ledgerView>;

/** A period's ledger as the page and Home show it. */
export function ledgerView(ledger: Ledger, { timeZone }: { timeZone: string }) {
  const { period, atShopify, here, unasked, fetching, notHere, noLongerThere } = ledger;
  return {
    line: ledgerLine(ledger),
    isEmpty: here === 0 && notHere === 0 && ledger.deleted === 0,
    isClosed: atShopify !== null && notHere === 0 && noLongerThere === 0,
    /** Which day they belong to is not certain, so they may hide one that is missing. */
    unreadable: ledger.reasons.find(({ reason }) => reason === "unreadable")?.orders ?? 0,
    parts: partsOf(ledger),
    reasons: reasonsOf(ledger),
    unasked,
    notHere,
    noLongerThere,
    fetching,
    secondLooks: ledger.secondLooks,
    check: { state: ledger.check.state, found: ledger.check.found },
    checkedAt: ledger.check.at && timeFormats(timeZone).minute(ledger.check.at),
    days: period.days,
    firstDay: period.firstDay,
    lastDay: period.lastDay,
    span: daySpan(period, timeZone),
    timeZone,
  };
}

function partsOf(ledger: Ledger): LedgerPart[] {
  const parts: LedgerPart[] = ORDER_STATES.map(({ state, label }) => ({
    part: state,
    label,
    meaning: stateMeaning(state, ledger.reasons),
    orders: ledger.states[state],
    url: ordersUrl(ledger, { state }),
  }));
  if (ledger.notHere === 0) return parts;
  const orders = ledger.notHere;
  const meaning = ledger.fetching > 0 ? "being fetched from Shopify" : "taken in by the next check";
  return [...parts, { part: "not-here", label: "Not here yet", meaning, orders, url: null }];
}

function reasonsOf(ledger: Ledger): ReasonRow[] {
  const share = (orders: number) =>
    new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 1 }).format(
      ledger.here === 0 ? 0 : orders / ledger.here,
    );
  const rank = (state: OrderState) => ORDER_STATES.findIndex((look) => look.state === state);
  const rows: ReasonRow[] = ledger.reasons
    .toSorted((a, b) => rank(a.state) - rank(b.state) || b.orders - a.orders)
    .map(({ reason, state, orders }) => ({
      id: reason,
      state,
      label: reasonLabel(reason),
      orders: orders.toLocaleString("en-US"),
      share: share(orders),
      url: ordersUrl(ledger, { reason }),
    }));
  if (ledger.deleted === 0) return rows;
  return [
    ...rows,
    {
      id: "deleted-in-shopify",
      state: null,
      label: "Deleted in Shopify, kept here as history and part of no sum",
      orders: ledger.deleted.toLocaleString("en-US"),
      share: "",
      url: ordersUrl(ledger, { deleted: "yes" }),
    },
  ];
}

/** Exactly the orders a number stands for: of the same days, and deleted ones apart. */
function ordersUrl({ period }: Ledger, filter: Record<string, string>): string {
  const { firstDay, lastDay } = period;
  const query = new URLSearchParams({ from: firstDay, to: lastDay, deleted: "no", ...filter });
  return `/app/orders?${query}`;
}
