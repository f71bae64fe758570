import type { ImpactProblem, ListedPromoCode } from "../../ports/impact.ts";
import type { Ports } from "../../ports/ports.ts";
import type { ShopDomain } from "../../ids.ts";
import type { Connection, Program } from "../../program/program.ts";
import { failure, success, type Problem, type Result } from "../../result.ts";

/** A form waits for the answer, and keeps them all: so many registrations are read and no more. */
const MOST_REGISTRATIONS = 200_000;
const PER_PAGE = 1_000;
const AT_A_TIME = 10;

type At = Pick<Connection, "credentials"> & { program: Program };
type ReadPorts = Pick<Ports, "impact" | "clock">;
type Read = Result<ListedPromoCode[], ImpactProblem | Problem<"not-connected" | "too-many">>;

/**
 * What stands in the shop's program, or will, to compare families with. Where ended registrations make
 * that too many, what is active alone is read: whether State=ACTIVE lists what has not begun is not
 * documented, and what it does not list the nightly check finds.
 */
export async function readRegistrations(
  ports: ReadPorts & Pick<Ports, "store">,
  shop: ShopDomain,
): Promise<Read> {
  const connection = await ports.store.connections.find(shop);
  if (!connection?.program) return failure(NOT_CONNECTED);
  const at = { credentials: connection.credentials, program: connection.program };
  const all = await readAll(ports, at, {});
  return !all.ok && all.problem.kind === "too-many" ? readAll(ports, at, ACTIVE) : all;
}

const ACTIVE = { isActive: true as const };

async function readAll(
  { impact, clock }: ReadPorts,
  { credentials, program: { programId } }: At,
  only: { isActive?: true },
): Promise<Read> {
  const read = (page: number) =>
    impact.listPromoCodes(credentials, { programId, page, now: clock.now(), ...only });
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

const MOST = MOST_REGISTRATIONS.toLocaleString("en");

const TOO_MANY: Problem<"too-many"> = {
  kind: "too-many",
  retry: "never",
  message: `impact.com holds more than ${MOST} registrations in this program that are active: too many to compare families with. Register these codes one by one, or by a file from their batch's page.`,
};

const ACTIVE_ALONE = `impact.com holds more than ${MOST} registrations in this program, ended ones among them. Families are compared with those that are active now: one that begins later may not be seen until the nightly check.`;

/** Why the form could not be sent with families, or what they are not compared with, as far as that is known before. */
export async function tooManyToCompare(
  { impact, clock }: ReadPorts,
  { credentials, program: { programId } }: At,
): Promise<{ whyNot?: string; note?: string }> {
  const count = async (only: { isActive?: true }) => {
    const query = { programId, now: clock.now(), ...only };
    const counted = await impact.countPromoCodes(credentials, query);
    return counted.ok ? counted.value : 0;
  };
  if ((await count({})) <= MOST_REGISTRATIONS) return {};
  const isTooMany = (await count(ACTIVE)) > MOST_REGISTRATIONS;
  return isTooMany ? { whyNot: TOO_MANY.message } : { note: ACTIVE_ALONE };
}
