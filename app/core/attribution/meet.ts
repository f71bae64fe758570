import type { Met } from "./attribution.ts";
import type { Contender } from "./choose-codes.ts";
import type { CountedClick } from "./choose-click.ts";
import type { Meeting } from "./rule.ts";

const DAY = 86_400_000;

/** How a code and a click part what is theirs, in percent. */
export interface MeetingResult {
  how: Met;
  code: number;
  click: number;
}

/** Anybody can put a click id on an order: one of which impact.com hasn't told takes nothing from a code. */
export function meet(
  contender: Contender,
  click: CountedClick,
  meeting: Meeting,
  placedAt: Date,
): MeetingResult {
  const isSame = click.partner?.partnerId === contender.partner.partnerId;
  if (isSame) return { how: "same-partner", code: 100, click: 0 };
  if (meeting.kind === "code-wins") return { how: "code-wins", code: 100, click: 0 };
  if (!click.partner) return { how: "click-untold", code: 100, click: 0 };
  switch (meeting.kind) {
    case "code-without-click":
      return { how: "click-wins", code: 0, click: 100 };
    case "split":
      return { how: "split", code: meeting.codePercent, click: meeting.clickPercent };
    case "newer-click-wins":
      return meetByAge(click.at, meeting.days, placedAt);
  }
}

/** A click whose time nobody tells can't be shown to be new enough. */
function meetByAge(at: Date | null, days: number, placedAt: Date): MeetingResult {
  if (!at) return { how: "click-undated", code: 100, click: 0 };
  const isNewer = at.getTime() >= placedAt.getTime() - days * DAY;
  return isNewer
    ? { how: "click-newer", code: 0, click: 100 }
    : { how: "click-older", code: 100, click: 0 };
}
