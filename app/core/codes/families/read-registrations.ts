import type { ListedPromoCode, ImpactProblem } from "../../ports/impact.ts";
import type { Ports } from "../../ports/ports.ts";
import type { ShopDomain } from "../../ids.ts";
import type { Connection, Program } from "../../program/program.ts";
import { failure, success, type Problem, type Result } from "../../result.ts";

/**
 * A form waits for the answer: so many registrations are read and no more. Those that have ended are
 * among them: whether State=ACTIVE lists what has not begun is not documented.
 */
const MOST_REGISTRATIONS = 200_000;
const PER_PAGE = 1_000;
const AT_A_TIME = 10;

type Read = Result<ListedPromoCode[], ImpactProblem | Problem<"not-connected" | "too-many">>;

/** What stands in the shop's program, or will, to compare families with. */
export async function readRegistrations(
  { store, impact, clock }: Pick<Ports, "store" | "impact" | "clock">,
  shop: ShopDomain,
): Promise<Read> {
  const connection = await store.connections.find(shop);
  if (!connection?.program) return failure(NOT_CONNECTED);
  const { programId } = connection.program;
  const read = (page: number) =>
    impact.listPromoCodes(connection.credentials, { programId, page, now: clock.now() });
  const first = await read(1);
  if (!first.ok) return first;
  const { pages } = first.value;
  const standing = first.value.promoCodes.filter(({ isEnded }) => !isEnded);
  if (pages * PER_PAGE > MOST_REGISTRATIONS) return failure(TOO_MANY);
  for (let from = 2; from <= pages; from += AT_A_TIME) {
    const length = Math.min(AT_A_TIME, pages - from + 1);
    const next = await Promise.all(Array.from({ length }, (_, index) => read(from + index)));
    for (const page of next) {
      if (!page.ok) return page;
      standing.push(...page.value.promoCodes.filter(({ isEnded }) => !isEnded));
    }
  }
  return success(standing);
}

const NOT_CONNECTED: Problem<"not-connected"> = {
  kind: "not-connected",
  retry: "never",
  message: "Connect impact.com and choose a program first.",
};

const TOO_MANY: Problem<"too-many"> = {
  kind: "too-many",
  retry: "never",
  message: `impact.com holds more than ${MOST_REGISTRATIONS.toLocaleString("en")} registrations in this program, ended ones among them: too many to compare families with. Register these codes one by one, or by a file from their batch's page.`,
};

/** Why the form could not be sent with families, as far as that is known before; null where it could. */
export async function tooManyToCompare(
  { impact, clock }: Pick<Ports, "impact" | "clock">,
  { credentials, program }: Pick<Connection, "credentials"> & { program: Program },
): Promise<string | null> {
  const { programId } = program;
  const counted = await impact.countPromoCodes(credentials, { programId, now: clock.now() });
  return counted.ok && counted.value > MOST_REGISTRATIONS ? TOO_MANY.message : null;
}
