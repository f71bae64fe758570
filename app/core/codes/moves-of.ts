import { seconds } from "../seconds.ts";
import type { DiscountTerms } from "./discount.ts";

export interface Moves {
  /** It begins earlier than its codes may be registered from. */
  startMoved: boolean;
  endMoved: boolean;
}

type Time = Pick<DiscountTerms, "startsAt" | "endsAt">;

/** How a discount's time has moved against what its registrations were told. Shopify keeps whole seconds. */
export function movesOf(before: Time, after: Time, now: Date): Moves {
  // Nothing can be registered to have begun in the past, so that a start that is past doesn't matter.
  const wasToCome = before.startsAt > now;
  return {
    startMoved: wasToCome && seconds(after.startsAt) < seconds(before.startsAt),
    endMoved: endOf(after) !== endOf(before),
  };
}

function endOf({ endsAt }: Time): number | null {
  return endsAt === null ? null : seconds(endsAt);
}
