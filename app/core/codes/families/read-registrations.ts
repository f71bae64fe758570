import type { ListedPromoCode, ImpactProblem } from "../../ports/impact.ts";
import type { Ports } from "../../ports/ports.ts";
import type { ShopDomain } from "../../ids.ts";
import { failure, success, type Problem, type Result } from "../../result.ts";

/**
 * A form waits for the answer: of 1,000 registrations each, so many pages and no more. Those that have
 * ended are among them: whether State=ACTIVE lists what has not begun is not documented.
 */
const MOST_PAGES = 200;
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
  if (pages > MOST_PAGES) return failure(TOO_MANY);
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
  message: `impact.com holds more than ${(MOST_PAGES * 1_000).toLocaleString("en")} registrations, too many to compare families with.`,
};
