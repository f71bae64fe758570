import type { Stores } from "../ports/store.ts";
import type { Conversion } from "./conversion.ts";
import { explainReasons, foundNobody } from "./explain-reasons.ts";

const REGISTERED_LATER =
  "impact.com found nobody to credit: the code was registered there after the order was placed, and it seems that impact.com credits no earlier order by it. Trying again can't help: pay the partner through a bonus at impact.com.";

/**
 * Why impact.com refused a conversion. Whether a registration that begins in the past credits orders from
 * before it was made is not documented (impact.md, section 4): where it did not, nothing can mend it.
 */
export async function explainOutcome(
  { codes }: Pick<Stores, "codes">,
  { shop, code, eventAt }: Pick<Conversion, "shop" | "code" | "eventAt">,
  reasons: readonly string[],
): Promise<string> {
  if (code && foundNobody(reasons)) {
    const registeredAt = (await codes.findByCode(shop, code))?.registeredAt;
    if (registeredAt && registeredAt > eventAt) return REGISTERED_LATER;
  }
  return explainReasons(reasons, code);
}
