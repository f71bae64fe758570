import type { ImpactProblem } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { Connection, Program } from "../program/program.ts";
import { success, type Result } from "../result.ts";
import type { Code } from "./discount.ts";
import { spellingOf } from "./registered-as.ts";
import { whyNotOurs } from "./why-not-ours.ts";

/**
 * The registration of a code that is not known to have one and is about to end: made where orders
 * wait for it, found where an earlier try made it and its answer was lost. Null: it needs none. What
 * stands there for another partner than the code's last one is never given: it is theirs.
 */
export async function registerForOrders(
  ports: Pick<Ports, "store" | "impact" | "clock">,
  { credentials }: Connection,
  { programId }: Program,
  { id, shop, code, impactAttempts, reach, registeredAs }: Code,
): Promise<Result<string | null, ImpactProblem>> {
  const { store, impact, clock } = ports;
  const [oldest] = await store.conversions.listUnsentForCode(shop, code);
  if (impactAttempts > 0 || oldest) {
    const asked = { programId, code: spellingOf({ code, registeredAs }) };
    const query = { ...asked, now: clock.now(), priority: "registration" as const };
    const found = await impact.findPromoCode(credentials, query);
    if (!found.ok) return found;
    const isOurs =
      found.value &&
      (oldest?.partnerId
        ? isFor(found.value, { code, partnerId: oldest.partnerId, reach })
        : found.value.partnerId === (await store.codes.findLastPartner(shop, id)));
    if (found.value && isOurs) return success(found.value.promoCodeId);
  }
  if (!oldest?.partnerId) return success(null);
  const { partnerId, eventAt: startsAt } = oldest;
  const spelled = spellingOf({ code, registeredAs });
  const wanted = { programId, code: spelled, partnerId, startsAt, endsAt: null, reach };
  const made = await impact.registerPromoCode(credentials, wanted);
  return made.ok ? success(made.value.promoCodeId) : made;
}

function isFor(
  found: Parameters<typeof whyNotOurs>[0],
  wanted: Pick<Parameters<typeof whyNotOurs>[1], "code" | "partnerId" | "reach">,
): boolean {
  return whyNotOurs(found, { ...wanted, during: null }) === null;
}
