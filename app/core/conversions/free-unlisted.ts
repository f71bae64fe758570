import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { Program } from "../program/program.ts";
import type { Conversion } from "./conversion.ts";
import { LIST_LAG_MS } from "./list-lag.ts";
import type { Prepared } from "./prepare-conversions.ts";
import {
  asUntried,
  isTooLate,
  saveOutcomes,
  sentAnew,
  type SendOutcome,
} from "./put-back-conversion.ts";

/**
 * Of conversions that a merchant retries after a try without an answer, and that impact.com does not
 * list: once its list is past that try, nothing of it is there, and they are put back as if never tried.
 * Before, one goes as it was, or waits where it is to go elsewhere by now. Gives back what is to be sent.
 */
export async function freeUnlisted(
  ports: Ports,
  shop: ShopDomain,
  program: Program,
  unlisted: readonly Prepared[],
): Promise<Prepared[]> {
  const now = ports.clock.now();
  const outcomes = unlisted.flatMap(({ conversion }) => whatElse(conversion, program, now) ?? []);
  await saveOutcomes(ports, shop, outcomes);
  const others = new Set(outcomes.map(({ conversion }) => conversion.id));
  return unlisted.filter(({ conversion }) => !others.has(conversion.id));
}

/** Null: it goes, and as it was if it went before. */
function whatElse(conversion: Conversion, program: Program, now: Date): SendOutcome | null {
  const { accountSid, settledAt: failedAt, programId, eventTypeId } = conversion;
  if (accountSid === null || failedAt === null) return null;
  const listedBy = new Date(failedAt.getTime() + LIST_LAG_MS);
  if (now >= listedBy) return sentAnew({ ...asUntried(conversion), settledAt: null }, now);
  const isSame = programId === program.programId && eventTypeId === program.eventTypeId;
  // Rather there than nowhere.
  if (isSame || isTooLate(conversion, listedBy)) return null;
  const waiting: Conversion = { ...conversion, state: "ready", nextAttemptAt: listedBy };
  return { conversion: waiting, reason: "trying-again", problem: MAY_BE_THERE, sendAt: listedBy };
}

const MAY_BE_THERE =
  "impact.com never answered an earlier try, so it may have the order and list it hours later. Six hours after it failed the order is looked for there, and if it isn't listed it is sent to the program and event type that are chosen then.";
