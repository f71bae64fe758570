import { placeOf } from "../../code-differences/check-place.ts";
import { WHOLE_MS } from "../../code-differences/start-check.ts";
import type { ShopDomain } from "../../ids.ts";
import type { Ports } from "../../ports/ports.ts";
import type { ImpactCredentials } from "../../program/program.ts";
import { shapeOfExpression } from "../families/family-shape.ts";
import type { Standing } from "./find-standing.ts";

/** Somebody waits, and each is read once more: so many and no more. */
const MOST_READ = 20;

interface Program {
  credentials: ImpactCredentials;
  programId: string;
}

/**
 * Expressions that the last check of all codes met at impact.com, that are none of the shop's families
 * and still stand, but those that were met now. Made by hand first: families are told of by themselves.
 */
export async function readKnownExpressions(
  { store, impact, clock }: Pick<Ports, "store" | "impact" | "clock">,
  shop: ShopDomain,
  { credentials, programId }: Program,
  met: ReadonlySet<string>,
): Promise<Standing[]> {
  const whole = { kinds: ["codes" as const], coveringMs: WHOLE_MS };
  const run = await store.reconciliations.findFinished(shop, whole);
  if (!run) return [];
  const place = placeOf(run);
  if (place.stage !== "compare" || place.programId !== programId) return [];
  const patterns = await store.seenCodes.listPatterns(shop, run);
  const unmet = patterns.filter(({ isOurs, promoCodeId }) => !isOurs && !met.has(promoCodeId));
  const byHand = unmet.filter(({ expression }) => shapeOfExpression(expression) === null);
  const next = [...new Set([...byHand, ...unmet])].slice(0, MOST_READ);
  const query = { now: clock.now(), priority: "read" as const };
  const read = await Promise.all(
    next.map(({ promoCodeId }) => impact.readPromoCode(credentials, promoCodeId, query)),
  );
  return read.flatMap((one) =>
    one.ok && one.value && !one.value.isEnded ? [{ ...one.value, isPattern: true }] : [],
  );
}
