import type { Conversion } from "../conversions/conversion.ts";
import { statusFor, type OrderReason, type OrderStatus } from "./order-state.ts";

type Part = Pick<Conversion, "code" | "share" | "part" | "standing">;

/** Of parts that stand otherwise, the order says the first of these: what failed, and can be mended, first. */
const RANKS: OrderReason[] = [
  "not-adjusted",
  "refused",
  "not-credited",
  "broke-off",
  "too-late",
  "locked",
  "credited-to-another",
  "not-connected",
  "code-not-registered",
  "click-pending",
  "trying-again",
  "to-send",
  "adjusting",
  "outcome-pending",
  "adjusted",
  "credited",
  "reversed",
];

const IS: Partial<Record<OrderReason, string>> = {
  credited: "is credited",
  adjusted: "is credited, with what was changed or refunded since",
  reversed: "is taken back",
  "not-connected": "waits until you connect impact.com",
  "code-not-registered": "waits until the code is registered at impact.com",
  "click-pending": "waits until impact.com has told whose click led to the order",
  "to-send": "is about to be sent",
  "trying-again": "is tried again",
  "outcome-pending": "is with impact.com",
  adjusting: "is being changed at impact.com",
  "not-credited": "was credited to nobody",
  "credited-to-another": "was credited to somebody else",
  refused: "was refused by impact.com",
  "too-late": "could not be sent in time",
  "broke-off": "could not be sent: this app broke off each time",
  "not-adjusted": "was not changed at impact.com as the order was",
  locked: "was changed or refunded after impact.com had locked it",
};

/**
 * Where an order stands that several share: failed where any part has, reported only where all are.
 * Where they stand otherwise than one another, or one has a problem, the sentence names each.
 */
export function statusOfParts(parts: readonly Part[]): OrderStatus & { problem: string | null } {
  const reasons = parts.map(reasonOf);
  const reason = RANKS.find((one) => reasons.includes(one)) ?? "to-send";
  const isAlike = reasons.every((one) => one === reason);
  const isPlain = parts.every(({ standing }) => !standing?.problem);
  const problem = isAlike && isPlain ? null : inTurn(parts).map(sentenceFor).join(" ");
  return { ...statusFor(reason), problem };
}

/** "ANNA10's part", or the click's. Until 2026-11-26 a code took over the part of a click that was refused. */
export function nameOfPart({ code, share }: Pick<Conversion, "code" | "share">): string {
  if (!code) return "The click's part";
  return share === "click" ? `${code}'s part taken over from the click` : `${code}'s part`;
}

function reasonOf({ standing }: Part): OrderReason {
  return standing?.reason ?? "to-send";
}

function inTurn(parts: readonly Part[]): Part[] {
  return parts.toSorted((a, b) => (a.part?.position ?? 0) - (b.part?.position ?? 0));
}

function sentenceFor(part: Part): string {
  const reason = reasonOf(part);
  const sentence = `${nameOfPart(part)} ${IS[reason] ?? "waits"}.`;
  return part.standing?.problem ? `${sentence} ${part.standing.problem}` : sentence;
}
