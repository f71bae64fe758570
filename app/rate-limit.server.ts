interface Limit {
  /** Requests of one key in a minute. */
  most: number;
  /** Keys in a minute; whoever comes after them waits for the next one. */
  mostKeys?: number;
  now?: () => number;
}

const MINUTE_MS = 60_000;

/**
 * Whether one more request of this key may pass. Each process counts for itself, and forgets at every
 * full minute: so it holds little, however many come.
 */
export function createRateLimit({ most, mostKeys = 20_000, now = Date.now }: Limit) {
  let minute = 0;
  const counts = new Map<string, number>();
  return (key: string): boolean => {
    const current = Math.floor(now() / MINUTE_MS);
    if (current !== minute) counts.clear();
    minute = current;
    const count = counts.get(key) ?? 0;
    if (count >= most || (count === 0 && counts.size >= mostKeys)) return false;
    counts.set(key, count + 1);
    return true;
  };
}
