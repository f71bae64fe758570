/** How often each at least: the app sends impact.com enough in any run to meet each of its faults a few times. */
const PROMISED = {
  ...each(1, ["web killed", "worker killed", "database killed"]),
  ...each(1, ["never delivered", "doubled", "delayed", "reordered"]),
  ...each(3, ["impact.com 5xx", "impact.com 429"]),
  ...each(3, ["impact.com hung up before accepting", "impact.com hung up after accepting"]),
  ...each(1, ["refunds of goods", "refunds of shipping only", "refunds by amount"]),
  ...each(1, ["edits", "cancellations", "deletions"]),
  ...each(1, ["paid later", "voided unpaid", "never paid"]),
  ...each(1, ["without code", "code of nobody", "codes of two", "test orders"]),
  ...each(1, ["cancelled before it was told"]),
};

export type Happening = keyof typeof PROMISED;

/** How often each thing that a run promises has come about. */
export type Happened = Record<Happening, number>;

function each<Kind extends string>(times: number, kinds: Kind[]): Record<Kind, number> {
  return Object.fromEntries(kinds.map((kind) => [kind, times])) as Record<Kind, number>;
}

const KINDS = Object.keys(PROMISED) as Happening[];

export function nothingHappened(): Happened {
  return each(0, KINDS);
}

/** It has come about as often as promised. */
export function isKept(happened: Happened, kind: Happening): boolean {
  return happened[kind] >= PROMISED[kind];
}

/** What the run promised and did not do: it has proved nothing of that. */
export function neverHappened(happened: Happened): Happening[] {
  return KINDS.filter((kind) => !isKept(happened, kind));
}
