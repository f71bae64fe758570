import type { PartnerId } from "../ids.ts";
import type { PromoCode } from "../ports/impact.ts";
import { seconds } from "../seconds.ts";
import type { Reach } from "../uploads/reach.ts";
import type { DiscountTerms } from "./discount.ts";

export interface WantedRegistration {
  /** As merchants know it: a code, or a family's shape. */
  code: string;
  partnerId: PartnerId;
  /** ALWAYS unless told. */
  reach?: Reach | null;
  /** From when until when it is to earn; null while the discount's time is not known. */
  during: Pick<DiscountTerms, "startsAt" | "endsAt"> | null;
}

/**
 * Why a registration that stands at impact.com already would not earn the partner every order: the
 * first half of a sentence, without its full stop. Null where it would.
 */
export function whyNotOurs(found: PromoCode, wanted: WantedRegistration): string | null {
  const standing = registeredTo(wanted.code, found);
  if (found.partnerId !== wanted.partnerId) return standing;
  // Where impact.com leaves the policy out, it may well be our own registration.
  const reach = wanted.reach ?? "ALWAYS";
  if (found.creditPolicy !== null && found.creditPolicy !== reach) {
    const other = reach === "ALWAYS" ? "which pays nothing without a click" : `and not ${reach}`;
    return `${standing} with credit policy ${found.creditPolicy}, ${other}`;
  }
  if (!wanted.during || covers(found, wanted.during)) return null;
  return `${standing} only${timeOf(found)}, which leaves out a part of the discount's time`;
}

/** Who has a code at impact.com: the first half of a sentence, without its full stop. */
export function registeredTo(
  code: string,
  { partnerId, partnerName }: Pick<PromoCode, "partnerId" | "partnerName">,
): string {
  return `${code} is registered to ${partnerName || `partner ${partnerId}`} at impact.com`;
}

type Time = { startsAt: Date | null; endsAt: Date | null };

function covers(found: Time, { startsAt, endsAt }: { startsAt: Date; endsAt: Date | null }) {
  const startsInTime = found.startsAt === null || seconds(found.startsAt) <= seconds(startsAt);
  if (found.endsAt === null) return startsInTime;
  return startsInTime && endsAt !== null && seconds(found.endsAt) >= seconds(endsAt);
}

function timeOf({ startsAt, endsAt }: Time): string {
  const day = (at: Date) => at.toISOString().slice(0, 10);
  return `${startsAt ? ` from ${day(startsAt)}` : ""}${endsAt ? ` until ${day(endsAt)}` : ""}`;
}
