import type { ImpactNeed } from "#app/core/orders/impact-need.ts";
import type { ImpactWait } from "#app/core/orders/list-impact-waits.ts";
import { sumText } from "../sum-text.server.ts";
import { timeFormats, type TimeFormats } from "../time-formats.server.ts";

export type ImpactWaitView = ReturnType<typeof waitView>;

interface Words {
  /** What is wrong, in the middle of a sentence. */
  cause: string;
  nextStep: string;
  /** Leads to the page of impact.com. */
  button: string;
}

const WORDS: Record<ImpactNeed, Words> = {
  connection: {
    cause: "impact.com is not connected",
    nextStep: "Connect impact.com and choose a program. What waits goes out by itself then.",
    button: "Connect impact.com",
  },
  program: {
    cause: "no impact.com program is chosen",
    nextStep: "Choose the program that orders are reported to. What waits goes out by itself then.",
    button: "Choose a program",
  },
  account: {
    cause: "only another impact.com account knows of them",
    nextStep:
      "Connect the account that the order names, and choose its program. What waits goes on by itself then.",
    button: "Change the account",
  },
  token: {
    cause: "impact.com refuses your access token",
    nextStep:
      "Mend the token at impact.com, under Settings → Technical → API, as the order says. What waits is tried again within the hour. To use another token, disconnect impact.com here and connect it anew.",
    button: "See the connection",
  },
};

/** Orders that wait for the merchant, in words for Home and Problems. */
export function impactWaitsView(waits: readonly ImpactWait[], { timeZone }: { timeZone: string }) {
  const times = timeFormats(timeZone);
  return waits.map((wait) => waitView(wait, times));
}

function waitView({ need, orders, worth, since, endsAt }: ImpactWait, times: TimeFormats) {
  const { cause, nextStep, button } = WORDS[need];
  const count = orders === 1 ? "1 order" : `${orders.toLocaleString("en-US")} orders`;
  const have = orders === 1 ? "has" : "have";
  const sum = sumText(worth);
  const limit = endsAt && limitText(times.day(endsAt), orders === 1 ? "it" : "the first of them");
  return {
    need,
    button,
    headline: `${count} (${sum}) ${have} waited since ${times.day(since)}: ${cause}.`,
    // impact.com writes itself without a capital.
    title: cause.replace(/^(?!impact\.com)./, (first) => first.toUpperCase()),
    facts: [`${count} · ${sum}`, `Waiting since ${times.day(since)}`],
    text: [nextStep, limit].filter(Boolean).join(" "),
    ordersUrl: ORDERS_URL[need],
    ordersText: orders === 1 ? "See the order" : `See these ${count}`,
  };
}

const NOT_CONNECTED = "/app/orders?state=waiting&reason=not-connected";
/** By these several reasons wait. */
const WAITING = "/app/orders?state=waiting";
const ORDERS_URL: Record<ImpactNeed, string> = {
  ...{ connection: NOT_CONNECTED, program: NOT_CONNECTED, account: WAITING, token: WAITING },
};

/** What the merchant can do about one order, and until when. */
export function waitStep(need: ImpactNeed, day: string | null) {
  const { nextStep, button } = WORDS[need];
  return {
    button,
    text: [nextStep, day && limitText(day, "this order")].filter(Boolean).join(" "),
  };
}

function limitText(day: string, what: string): string {
  return `From ${day} on impact.com takes ${what} no more, and the partner would have to be paid by hand.`;
}
