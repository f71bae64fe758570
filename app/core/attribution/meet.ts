import type { Met } from "./attribution.ts";
import type { Contender } from "./choose-codes.ts";
import type { CountedClick } from "./choose-click.ts";
import type { Meeting } from "./rule.ts";

const DAY = 86_400_000;

/** In hundredths of a percent, so that any share a rule can have is a whole number. */
export const WHOLE = 10_000;

/** How a code and a click part what is theirs, in hundredths of a percent. */
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
  if (isSame) return byCode("same-partner");
  if (meeting.kind === "code-wins") return byCode("code-wins");
  if (!click.partner) return byCode("click-untold");
  switch (meeting.kind) {
    case "code-without-click":
      return byClick("click-wins");
    case "split": {
      const code = Math.round(meeting.codePercent * 100);
      return { how: "split", code, click: WHOLE - code };
    }
    case "newer-click-wins":
      return meetByAge(click.at, meeting.days, placedAt);
  }
}

/** A click whose time nobody tells can't be shown to be new enough. */
function meetByAge(at: Date | null, days: number, placedAt: Date): MeetingResult {
  if (!at) return byCode("click-undated");
  const isNewer = at.getTime() >= placedAt.getTime() - days * DAY;
  return isNewer ? byClick("click-newer") : byCode("click-older");
}

function byCode(how: Met): MeetingResult {
  return { how, code: WHOLE, click: 0 };
}

function byClick(how: Met): MeetingResult {
  return { how, code: 0, click: WHOLE };
}
