import type { ImpactProblem } from "../../ports/impact.ts";
import type { Ports } from "../../ports/ports.ts";
import type { Connection } from "../../program/program.ts";
import { success, type Result } from "../../result.ts";
import type { CodeFamily } from "./code-family.ts";
import { expressionOf } from "./family-shape.ts";

/**
 * Ends the registration of a family that has begun to end: one request. After a first try impact.com
 * is asked before it is told again.
 */
export async function endFamily(
  { impact, clock }: Pick<Ports, "impact" | "clock">,
  connection: Connection,
  family: CodeFamily,
): Promise<Result<null, ImpactProblem>> {
  const { credentials } = connection;
  const found = family.promoCodeId
    ? success(family.promoCodeId)
    : await findLost({ impact, clock }, connection, family);
  if (!found.ok) return found;
  if (found.value === null) return success(null);
  if (family.attempts > 0) {
    const query = { now: clock.now(), priority: "registration" as const };
    const read = await impact.readPromoCode(credentials, found.value, query);
    if (!read.ok) return read;
    if (!read.value || read.value.isEnded) return success(null);
  }
  const ended = await impact.endPromoCode(credentials, found.value);
  return ended.ok ? success(null) : ended;
}

/** Of a family that counts as refused: an earlier try may have made it, and its answer was lost. */
async function findLost(
  { impact, clock }: Pick<Ports, "impact" | "clock">,
  { credentials, program }: Connection,
  { shape, partner }: CodeFamily,
): Promise<Result<string | null, ImpactProblem>> {
  if (!program) return success(null);
  const { programId } = program;
  const query = { programId, code: expressionOf(shape), now: clock.now() };
  const found = await impact.findPromoCode(credentials, { ...query, priority: "registration" });
  if (!found.ok) return found;
  const isOurs = found.value?.partnerId === partner.partnerId;
  return success(found.value && isOurs ? found.value.promoCodeId : null);
}
