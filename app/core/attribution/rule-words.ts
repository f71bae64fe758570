import type { Meeting, Several, ShopRule } from "./rule.ts";

/** What a rule does where a code meets another partner's click, as the second half of a sentence. */
export function meetingWords(meeting: Meeting): string {
  switch (meeting.kind) {
    case "code-wins":
      return "the code wins over a click";
    case "code-without-click":
      return "a code earns only where there is no click";
    case "newer-click-wins":
      return `a click wins where it came at most ${daysText(meeting.days)} before the order`;
    case "split":
      return `they share the order, ${meeting.codePercent}% for the code and ${meeting.clickPercent}% for the click`;
  }
}

/** The same where it stands first. */
export function meetingFirst(meeting: Meeting): string {
  const words = meetingWords(meeting);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** What a rule does where an order carries several partners' codes. */
export function severalWords(several: Several): string {
  const words: Record<Several["kind"], string> = {
    "first-entered": "the one entered first counts",
    "largest-discount": "the one that took off the most counts",
    "highest-priority": "the one of the discount you put highest counts",
    "split-evenly": "the partners share the order evenly",
  };
  return words[several.kind];
}

/** What a rule does with a click where no partner's code was typed. */
export function aloneSentence(clickAlone: ShopRule["clickAlone"]): string {
  return clickAlone === "report"
    ? "A click without a partner's code is reported."
    : "A click without a partner's code is left to impact.com's own tag.";
}

/** "1 day" or "7 days". */
export function daysText(days: number): string {
  return days === 1 ? "1 day" : `${days} days`;
}
