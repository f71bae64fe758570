import { useEffect, useState } from "react";
import { usePolling } from "../use-polling.ts";

/** Where nothing has gone for so long, what is left has failed or waits for a limit. */
const STILL_MS = 60_000;

/** Follows the repair of all differences of a kind, which a job does, until no more of them go. */
export function useFollowedRepairs(groups: readonly { kind: string; count: number }[]) {
  const [kind, follow] = useState<string | null>(null);
  const left = groups.find((group) => group.kind === kind)?.count ?? 0;
  useEffect(() => {
    const timer = setTimeout(() => follow(null), left > 0 ? STILL_MS : 0);
    return () => clearTimeout(timer);
  }, [kind, left]);
  usePolling(kind !== null);
  return { followed: kind, follow };
}
