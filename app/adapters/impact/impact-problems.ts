import type { ImpactProblem } from "#app/core/ports/impact.ts";

/** One HTTP answer of impact.com → what it means and what the merchant can do. */
export function problemForStatus(
  status: number,
  said: string | null,
  resetsAt: Date | null,
): ImpactProblem {
  if (status === 401) return badCredentials();
  if (status === 403) return missingScope();
  if (status === 404) return { kind: "not-found", retry: "never", message: notFound(said) };
  if (status === 429) return rateLimited(resetsAt);
  if (status >= 500) return unavailable(`HTTP ${status} ${said ?? ""}`);
  const message = `impact.com refused it: ${said ?? `HTTP ${status}`}.`;
  return { kind: "refused", retry: "never", message };
}

// A merchant can mend the next two, and then what waits must go out: so they are tried again.

function badCredentials(): ImpactProblem {
  return {
    kind: "bad-credentials",
    retry: "later",
    message:
      "impact.com doesn't accept these credentials. Copy the Account SID and the Auth Token again from Settings → Technical → API at impact.com.",
  };
}

function missingScope(): ImpactProblem {
  return {
    kind: "missing-scope",
    retry: "later",
    message:
      "The access token lacks a permission. At impact.com, under Settings → Technical → API, edit the token and tick Account, Actions, Campaigns, Contracts, Conversions, Partners, Promo Codes and Submissions.",
  };
}

function notFound(said: string | null): string {
  return `impact.com doesn't know it${said ? `: ${said}` : ""}.`;
}

export function rateLimited(resetsAt: Date | null): ImpactProblem {
  return {
    kind: "rate-limited",
    retry: "later",
    message:
      "impact.com's hourly limit is used up. It goes on by itself when the next hour begins.",
    ...(resetsAt && { retryAt: resetsAt }),
  };
}

export function unavailable(cause: string): ImpactProblem {
  return {
    kind: "unavailable",
    retry: "later",
    message: "impact.com could not be reached. It is tried again by itself.",
    cause,
  };
}
