import type { ImpactProblem, PromoCode } from "../ports/impact.ts";
import { failure, success, type Result } from "../result.ts";
import { beginsLater } from "./begins-later.ts";
import type { Code, Discount } from "./discount.ts";
import { otherSpelling } from "./registered-as.ts";
import { later, registrationTerms, startToCome } from "./registration-terms.ts";
import { takeOver } from "./take-over.ts";

/** A registration that is a code's own. */
export interface Registered {
  promoCodeId: string;
  /** As impact.com spells it, where that is otherwise. */
  registeredAs: string | null;
  /** When it begins, where that is to come. */
  registeredFrom: Date | null;
}

/** A registration that stands there already becomes the code's own, where it is as it should be. */
export function takeStanding(
  found: PromoCode,
  { code, discount }: { code: Code; discount: Pick<Discount, "startsAt" | "endsAt"> },
  now: Date,
): Result<Registered, ImpactProblem> {
  if (!code.partner) throw new Error(`code ${code.id} has no partner`);
  const { partnerId } = code.partner;
  const { startsAt, endsAt, reach } = registrationTerms(code, discount);
  // It can't be made to have begun earlier.
  const during = { startsAt: later(startsAt, now), endsAt };
  const wanted = { code: code.code, partnerId, reach, during };
  const isLate = beginsLater(found, code, wanted);
  if (isLate) return failure(isLate);
  const taken = takeOver(found, wanted);
  if (!taken.ok) return taken;
  const registeredAs = otherSpelling(found.code, code.code);
  const registeredFrom = startToCome(found.startsAt, now);
  return success({ promoCodeId: taken.value, registeredAs, registeredFrom });
}
