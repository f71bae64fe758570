import type { ChangePreview } from "#app/core/changes/preview-change.ts";
import { timeFormats } from "../time-formats.server.ts";
import type { ChangeChoice } from "./change-query.ts";
import { codesText } from "./change-words.ts";

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
  if (choice.kind === "reassign" || choice.kind === "register-anew") {
    return ["Nothing changes: customers use the codes as before."];
  }
  if (choice.kind === "retire") {
    return [
      `${codes} ${are(changed)} taken out of Shopify: customers who type ${them(changed)} get no discount any more.`,
      "A discount that loses its last code this way may be ended.",
    ];
  }
  const days = Number(choice.graceDays);
  const until =
    days > 0
      ? `Both work for ${days === 1 ? "1 day" : `${days} days`} from when the new one is live and registered at impact.com; then the old one is taken out of Shopify.`
      : "As soon as its new code is live and registered at impact.com, an old code is taken out of Shopify.";
  return [
    `${codes} ${changed === 1 ? "gets a successor" : "get a successor each"}, in the same discount and for the same partner.`,
    until,
  ];
}

function impactText({ counts, changed }: ChangePreview, { choice, partner }: Given): string[] {
  if (choice.kind === "register-anew") return anewText(changed);
  const { live, registered, endings, familyEndings, goingOn, free } = counts;
  const gone = choice.kind === "reassign" ? free : endings;
  const others = choice.kind === "reassign" ? changed - free : live - registered;
  const ended =
    gone > 0
      ? [
          `${registrations(gone)} ${are(gone)} ended${choice.kind === "rotate" ? " when the old codes go" : " now"}.`,
        ]
      : [];
  const stays =
    goingOn > 0
      ? [
          `${codesText(goingOn)} ${are(goingOn)} registered together with other codes, as those of a family are: that registration goes on, and ends when the last of them is retired.`,
        ]
      : [];
  const families = choice.kind === "reassign" ? [] : familiesText(familyEndings, choice.kind);
  const not = others > 0 ? [`${codesText(others)} ${are(others)} not registered.`] : [];
  if (choice.kind === "retire") return [...ended, ...families, ...stays, ...not];
  if (choice.kind === "rotate")
    return [
      `${codesText(changed)} ${are(changed)} registered anew.`,
      ...ended,
      ...families,
      ...stays,
    ];
  return [
    ...ended,
    ...not,
    ...(gone > 1 ? [FIRST_ALONE] : []),
    `${codesText(changed)} ${are(changed)} registered to ${partner ?? "the new partner"}. Each changes hands in the second in which impact.com has ended its old registration, one after the other.`,
  ];
}

function anewText(changed: number): string[] {
  if (changed === 0) return [];
  return [
    `${registrations(changed)} ${are(changed)} ended, and ${codesText(changed)} registered anew at once, with the credit policy ALWAYS: one after the other, each as soon as its own has ended.`,
    `From then on impact.com tracks no clicks of ${changed === 1 ? "its partner" : "their partners"} any more.`,
    "Whether impact.com takes a code a second time is not documented. Where it refuses one, nothing else is begun, and the batch says so.",
  ];
}

const FIRST_ALONE =
  "impact.com may refuse a code whose registration has ended. So one goes first: if it is refused, the batch stops, and the others stay as they are.";

/** Of a family that loses its last code the registration ends too; a new code may be of it again. */
function familiesText(count: number, kind: "retire" | "rotate"): string[] {
  if (count === 0) return [];
  const unless = kind === "rotate" ? ", unless a new code is of the family again" : "";
  return [
    count === 1
      ? `1 of these registrations is a code family's, which loses its last code${unless}.`
      : `${count.toLocaleString("en")} of these registrations are code families', which lose their last codes${unless}.`,
  ];
}

function leftText({ counts, changed }: ChangePreview, { choice, partner }: Given): string[] {
  const dead = counts.all - counts.live;
  const bound = choice.kind === "reassign" ? counts.bound : 0;
  const lapsed = choice.kind === "rotate" ? counts.lapsed : 0;
  const ended = choice.kind === "rotate" ? counts.ended : 0;
  const rest = counts.live - changed - bound - lapsed - ended;
  const why = {
    ...{ retire: "", rotate: "nobody's", reassign: `${partner ?? "the partner"}'s already` },
    "register-anew":
      "not to be registered anew: it earns without a click, or shares a registration",
  }[choice.kind];
  return [
    ...(bound > 0
      ? [
          `${codesText(bound)} ${are(bound)} registered together with other codes of ${bound === 1 ? "its" : "their"} partner, as those of a family are, and left as ${bound === 1 ? "it is" : "they are"}: retire ${them(bound)}, and make the new partner others.`,
        ]
      : []),
    ...(lapsed > 0
      ? [
          `${codesText(lapsed)} ${are(lapsed)} of partners without a live contract, and left as ${lapsed === 1 ? "it is" : "they are"}.`,
        ]
      : []),
    ...(ended > 0
      ? [
          `${codesText(ended)} ${are(ended)} of discounts that have ended, are deactivated or are gone from Shopify, where a new code would not work, and left as ${ended === 1 ? "it is" : "they are"}. Give the discount a later end, activate it or make it again first, or retire ${them(ended)}.`,
        ]
      : []),
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

function timeText({ requests, perHour }: ChangePreview): string[] {
  if (requests === 0 || perHour === null) return [];
  const hours = Math.ceil(requests / perHour);
  const within = hours === 1 ? "within the hour" : `about ${hours.toLocaleString("en")} hours`;
  return [
    `That takes ${requests.toLocaleString("en")} ${requests === 1 ? "request" : "requests"}, of which this account's hour has room for ${perHour.toLocaleString("en")} beside what is kept for orders: ${within}. Orders are reported first.`,
  ];
}

function ordersText({ choice, partner, startsAt, timeZone }: Given): string {
  if (choice.kind === "register-anew") {
    return "Orders that come while their code is registered anew wait for it, and go then.";
  }
  if (choice.kind !== "reassign") {
    return `Orders so far stay with their partners, those that Shopify tells of later too. ${FIRST}`;
  }
  const from = startsAt ? `It begins on ${timeFormats(timeZone).minute(startsAt)}. ` : "";
  return `${from}Orders placed before a code changes hands stay with the partner it has now; later ones are ${partner ?? "the new partner"}'s. ${FIRST}`;
}

const FIRST =
  "Where orders with a code are still to be reported, they go first: its registration ends when they have gone.";

function registrations(count: number): string {
  return count === 1 ? "1 registration" : `${count.toLocaleString("en")} registrations`;
}

function are(count: number): string {
  return count === 1 ? "is" : "are";
}

function them(count: number): string {
  return count === 1 ? "it" : "them";
}
