import type { DonePart } from "../ports/batch-stores.ts";

/** Without a part done for so long, an earlier pace says nothing of the next. */
const STALE_MS = 120_000;

/** Codes a minute over the parts that were done last, the last one first; null where that says nothing. */
export function codesPerMinute(parts: readonly DonePart[], now: Date): number | null {
  const [newest] = parts;
  const oldest = parts.at(-1);
  if (!newest || !oldest || now.getTime() - newest.doneAt.getTime() > STALE_MS) return null;
  const since = oldest.doneAt.getTime();
  const minutes = (newest.doneAt.getTime() - since) / 60_000;
  const codes = parts
    .filter(({ doneAt }) => doneAt.getTime() > since)
    .reduce((sum, { live }) => sum + live, 0);
  return minutes > 0 && codes > 0 ? codes / minutes : null;
}

/** Seconds until that many codes are made; null where no pace is known. */
export function secondsFor(codes: number, perMinute: number | null): number | null {
  return perMinute === null ? null : Math.ceil((codes / perMinute) * 60);
}
