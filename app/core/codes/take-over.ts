import type { ImpactProblem, PromoCode } from "../ports/impact.ts";
import { failure, success, type Result } from "../result.ts";
import { whyNotOurs, type WantedRegistration } from "./why-not-ours.ts";

/** A registration that stands there already is ours if it earns the partner every order. */
export function takeOver(
  found: PromoCode,
  wanted: WantedRegistration,
): Result<string, ImpactProblem> {
  const reason = whyNotOurs(found, wanted);
  if (reason === null) return success(found.promoCodeId);
  const message = `${reason}. Expire it there, then try again.`;
  return failure({ kind: "refused", retry: "never", message });
}
