/** Codes that were done at one moment: a part's, or changes' of one commit. */
export interface Done {
  codes: number;
  doneAt: Date;
}

/** Without anything done for so long, an earlier pace says nothing of the next. */
export const STALE_MS = 120_000;

/** Codes a minute over what was done last, the last of it first; null where that says nothing. */
export function codesPerMinute(done: readonly Done[], now: Date): number | null {
  const [newest] = done;
  const oldest = done.at(-1);
  if (!newest || !oldest || now.getTime() - newest.doneAt.getTime() > STALE_MS) return null;
  const since = oldest.doneAt.getTime();
  const minutes = (newest.doneAt.getTime() - since) / 60_000;
  const codes = done
    .filter(({ doneAt }) => doneAt.getTime() > since)
    .reduce((sum, one) => sum + one.codes, 0);
  return minutes > 0 && codes > 0 ? codes / minutes : null;
}

/** Seconds until that many codes are done; null where no pace is known. */
export function secondsFor(codes: number, perMinute: number | null): number | null {
  return perMinute === null ? null : Math.ceil((codes / perMinute) * 60);
}
