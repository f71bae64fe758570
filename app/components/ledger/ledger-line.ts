import type { LedgerCheck } from "#app/core/ledger/ledger-check.ts";
import type { Ledger } from "#app/core/ledger/read-ledger.ts";

type Told = Pick<
  Ledger,
  "states" | "here" | "atShopify" | "notHere" | "noLongerThere" | "fetching"
>;

/** The ledger in one line: what Shopify has, and where each of these orders went. */
export function ledgerLine(ledger: Told): string {
  const { states, here, atShopify, notHere, noLongerThere } = ledger;
  const sum = [
    `${number(states.reported)} reported`,
    `${number(states.ignored)} ignored`,
    `${number(states.waiting)} waiting`,
    `${number(states.failed)} failed`,
  ];
  if (atShopify === null) return `${orders(here)} here = ${sum.join(" + ")}.`;
  const missing = notHere > 0 ? ` + ${number(notHere)} not here yet` : "";
  const surplus = noLongerThere > 0 ? ` − ${number(noLongerThere)} no longer there` : "";
  return `${orders(atShopify)} at Shopify = ${sum.join(" + ")}${missing}${surplus}.`;
}

interface Closed extends Pick<Ledger, "fetching" | "secondLooks"> {
  unreadable: number;
  check: Pick<LedgerCheck, "state" | "found">;
  /** Until when orders were compared, as the shop reads it. */
  checkedAt: string | null;
}

/** Where the sum closes: only what is read, decided and compared one by one is accounted for. */
export function closedText(closed: Closed): string {
  const { fetching, unreadable, secondLooks, check, checkedAt } = closed;
  if (fetching > 0) {
    return `The sum closes, but ${orders(fetching)} still being read from Shopify may change it.`;
  }
  if (unreadable > 0) {
    return `The sum closes, but ${orders(unreadable)} here can’t be read. See Problems for what to do.`;
  }
  if (secondLooks > 0) {
    const are =
      secondLooks === 1
        ? "1 order that Shopify no longer shows is"
        : `${orders(secondLooks)} that Shopify no longer shows are`;
    return `The counts agree, but ${are} asked for once more before counting as deleted. That takes some hours.`;
  }
  if (check.state === "beyond") return `The counts agree. ${BEYOND_REACH}`;
  if (check.state === "due" || checkedAt === null) {
    return "The counts agree. The orders of these days have not been compared one by one lately; the next check does that.";
  }
  if (check.state === "found") {
    return `The counts agree. The check of ${checkedAt} found ${orders(check.found)} missing, changed or deleted, and asked Shopify for them; the next check confirms that all are here.`;
  }
  return `Every order at Shopify up to ${checkedAt} is accounted for. Of newer ones the counts agree.`;
}

/** Older ones may be too many to take in: their changes are what matters. */
export const BEYOND_REACH = "Orders not changed for more than 90 days are not compared one by one.";

function orders(count: number): string {
  return count === 1 ? "1 order" : `${number(count)} orders`;
}

function number(count: number): string {
  return count.toLocaleString("en-US");
}
