import type { ImpactProblem, PromoCode } from "../ports/impact.ts";
import type { Code } from "./discount.ts";
import { whyNotOurs, type WantedRegistration } from "./why-not-ours.ts";

/**
 * Why a code whose discount begins earlier than its own registration is not registered: the batch that
 * was to register it anew has stopped. Nothing is to be expired by hand; null where it is another case.
 */
export function beginsLater(
  found: PromoCode,
  { code, impactPromoCodeId }: Pick<Code, "code" | "impactPromoCodeId">,
  wanted: WantedRegistration & { during: { startsAt: Date; endsAt: Date | null } },
): ImpactProblem | null {
  const { startsAt } = found;
  if (startsAt === null || found.promoCodeId !== impactPromoCodeId) return null;
  if (startsAt <= wanted.during.startsAt) return null;
  if (whyNotOurs(found, { ...wanted, during: { ...wanted.during, startsAt } }) !== null)
    return null;
  const day = startsAt.toISOString().slice(0, 10);
  const message = `${code} counts at impact.com from ${day} on, and customers can use it already. Under Batches, resume the one that was to register it anew: it does the rest. From that day on, trying again is enough.`;
  return { kind: "refused", retry: "never", message };
}
