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

/** Where the sum closes: only what is read and decided is accounted for. */
export function closedText({ fetching, unreadable }: { fetching: number; unreadable: number }) {
  if (fetching > 0) {
    return `The sum closes, but ${orders(fetching)} still being read from Shopify may change it.`;
  }
  if (unreadable > 0) {
    return `The sum closes, but ${orders(unreadable)} here can’t be read. See Problems for what to do.`;
  }
  return "Every order at Shopify is accounted for.";
}

function orders(count: number): string {
  return count === 1 ? "1 order" : `${number(count)} orders`;
}

function number(count: number): string {
  return count.toLocaleString("en-US");
}
