const PROMISED = [
  ...(["web killed", "worker killed", "database killed"] as const),
  ...(["never delivered", "doubled", "delayed", "reordered"] as const),
  ...(["impact.com 5xx", "impact.com 429", "impact.com hung up after accepting"] as const),
  ...(["refunds", "edits", "cancellations"] as const),
];

export type Happening = (typeof PROMISED)[number];

/** How often each thing that a run promises has come about. */
export type Happened = Record<Happening, number>;

export function nothingHappened(): Happened {
  return Object.fromEntries(PROMISED.map((kind) => [kind, 0])) as Happened;
}

/** What the run promised and did not do: it has proved nothing of that. */
export function neverHappened(happened: Happened): Happening[] {
  return PROMISED.filter((kind) => happened[kind] === 0);
}
