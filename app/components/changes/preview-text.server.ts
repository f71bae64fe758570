import type { ChangePreview } from "#app/core/changes/preview-change.ts";
import { timeFormats } from "../time-formats.server.ts";
import type { ChangeChoice } from "./change-query.ts";
import { codesText } from "./change-words.ts";

/** impact.com's limit for an account that has no other (reference/impact.md, section 1). */
const REQUESTS_PER_HOUR = 1_000;

interface Given {
  choice: ChangeChoice;
  /** Who gets the codes. */
  partner: string | null;
  startsAt: Date | null;
  timeZone: string;
}

export type PreviewText = ReturnType<typeof previewText>;

/** What will happen on each side, sentence by sentence. */
export function previewText(preview: ChangePreview, given: Given) {
  const { counts, changed } = preview;
  return {
    selected: counts.all,
    changed,
    shopify: [...shopifyText(preview, given), ...leftText(preview, given)],
    impact: [...impactText(preview, given), ...timeText(preview)],
    orders: ordersText(given),
  };
}

function shopifyText({ changed }: ChangePreview, { choice }: Given): string[] {
  const codes = codesText(changed);
  if (choice.kind === "reassign") return ["Nothing changes: customers use the codes as before."];
  if (choice.kind === "retire") {
    return [
      `${codes} ${are(changed)} taken out of Shopify: customers who type ${them(changed)} get no discount any more.`,
      "A discount that loses its last code this way may be ended.",
    ];
  }
  const days = Number(choice.graceDays);
  const until =
    days > 0
      ? `Both work for ${days === 1 ? "1 day" : `${days} days`}; then the old ones are taken out of Shopify.`
      : "As soon as its new code is live, an old code is taken out of Shopify.";
  return [
    `${codes} ${changed === 1 ? "gets a successor" : "get a successor each"}, in the same discount and for the same partner.`,
    until,
  ];
}

function impactText({ counts, changed }: ChangePreview, { choice, partner }: Given): string[] {
  const registered = Math.min(counts.registered, changed);
  const others = changed - registered;
  const ended =
    registered > 0
      ? [
          `${registrations(registered)} ${are(registered)} ended${choice.kind === "rotate" ? " when the old codes go" : " now"}.`,
        ]
      : [];
  const not = others > 0 ? [`${codesText(others)} ${are(others)} not registered.`] : [];
  if (choice.kind === "retire") return [...ended, ...not];
  if (choice.kind === "rotate")
    return [`${codesText(changed)} ${are(changed)} registered anew.`, ...ended];
  return [
    ...ended,
    ...not,
    `${codesText(changed)} ${are(changed)} registered to ${partner ?? "the new partner"}. Each changes hands in the second in which impact.com has ended its old registration, one after the other.`,
  ];
}

function leftText({ counts, changed }: ChangePreview, { choice, partner }: Given): string[] {
  const dead = counts.all - counts.live;
  const rest = counts.live - changed;
  const why = choice.kind === "rotate" ? "nobody's" : `${partner ?? "the partner"}'s already`;
  return [
    ...(dead > 0
      ? [
          `${codesText(dead)} ${are(dead)} not live, and left as ${dead === 1 ? "it is" : "they are"}.`,
        ]
      : []),
    ...(rest > 0
      ? [
          `${codesText(rest)} ${are(rest)} ${why}, and left as ${rest === 1 ? "it is" : "they are"}.`,
        ]
      : []),
  ];
}

function timeText({ requests }: ChangePreview): string[] {
  if (requests === 0) return [];
  const hours = Math.ceil(requests / REQUESTS_PER_HOUR);
  const within = hours === 1 ? "within the hour" : `about ${hours.toLocaleString("en")} hours`;
  return [
    `That takes ${requests.toLocaleString("en")} ${requests === 1 ? "request" : "requests"}, of which impact.com takes ${REQUESTS_PER_HOUR.toLocaleString("en")} an hour unless it has agreed to more: ${within}. Orders are reported first.`,
  ];
}

function ordersText({ choice, partner, startsAt, timeZone }: Given): string {
  if (choice.kind !== "reassign") {
    return "Orders so far stay with their partners, those that Shopify tells of later too.";
  }
  const from = startsAt ? `It begins on ${timeFormats(timeZone).minute(startsAt)}. ` : "";
  return `${from}Orders placed before a code changes hands stay with the partner it has now; later ones are ${partner ?? "the new partner"}'s.`;
}

function registrations(count: number): string {
  return count === 1 ? "1 registration" : `${count.toLocaleString("en")} registrations`;
}

function are(count: number): string {
  return count === 1 ? "is" : "are";
}

function them(count: number): string {
  return count === 1 ? "it" : "them";
}
