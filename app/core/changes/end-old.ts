import type { Code } from "../codes/discount.ts";
import { spellingOf } from "../codes/registered-as.ts";
import type { ImpactProblem } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { Connection } from "../program/program.ts";
import { failure, success, type Result } from "../result.ts";
import { notConnected } from "./refuse-code.ts";
import { isAnotherShops } from "./refuse-hand-over.ts";

/** Ends a code's registration now, and gives its id; null where it had none. */
export async function endOld(
  ports: Pick<Ports, "store" | "impact" | "clock">,
  code: Code,
): Promise<Result<string | null, ImpactProblem>> {
  const { store, impact } = ports;
  const connection = await store.connections.find(code.shop);
  if (!connection?.program) {
    return code.impactPromoCodeId ? refused(notConnected(code.code)) : success(null);
  }
  const found = await findOld(ports, connection, connection.program.programId, code);
  if (!found.ok || found.value === null) return found;
  const promoCodeId = found.value;
  if (await store.changes.isSharedElsewhere(code.shop, promoCodeId)) {
    return refused(isAnotherShops(code));
  }
  const ended = await impact.endPromoCode(connection.credentials, promoCodeId);
  if (!ended.ok) return ended;
  return success(ended.value.wasThere ? promoCodeId : null);
}

/** The one that is known, or one that an earlier try made, and whose answer was lost. */
async function findOld(
  { impact, clock }: Pick<Ports, "impact" | "clock">,
  { credentials }: Connection,
  programId: string,
  code: Code,
): Promise<Result<string | null, ImpactProblem>> {
  if (code.impactPromoCodeId) return success(code.impactPromoCodeId);
  if (code.impactAttempts === 0) return success(null);
  const wanted = { programId, code: spellingOf(code), now: clock.now() };
  const found = await impact.findPromoCode(credentials, { ...wanted, priority: "registration" });
  if (!found.ok) return found;
  const isOurs = found.value?.partnerId === code.partner?.partnerId;
  return success(found.value && isOurs ? found.value.promoCodeId : null);
}

function refused(message: string): Result<never, ImpactProblem> {
  return failure({ kind: "refused", retry: "never", message });
}
