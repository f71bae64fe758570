import type { Ports } from "../ports/ports.ts";

/** Work on so many codes takes long enough that others must not wait behind it. */
export const MANY_FROM = 100;

/** The ports of work on so many codes: of many, each request leaves room for orders and single ones. */
export function portsFor<P extends Pick<Ports, "impact">>(ports: P, codes: number): P {
  return codes < MANY_FROM ? ports : { ...ports, impact: ports.impact.ofMany() };
}

/** How many codes one job is given: less would make many jobs, more a long wait for those behind it. */
export const CODES_PER_JOB = 250;

/**
 * Lists of these ids, each for a job of its own. Of many each has its turn: `before` is how many went
 * before in the same run, so that runs of different length share what impact.com takes.
 */
export function listsInTurn(
  ids: readonly string[],
  before?: number,
): { ids: string[]; turn?: number }[] {
  const lists = [];
  for (let from = 0; from < ids.length; from += CODES_PER_JOB) {
    const list = ids.slice(from, from + CODES_PER_JOB);
    const turn = (before ?? 0) + from / CODES_PER_JOB;
    lists.push(
      ids.length < MANY_FROM && before === undefined ? { ids: list } : { ids: list, turn },
    );
  }
  return lists;
}
