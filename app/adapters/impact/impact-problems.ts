import { TOKEN_REFUSED } from "#app/core/orders/impact-need.ts";
import type { ImpactProblem } from "#app/core/ports/impact.ts";
import { PERMISSIONS, permissionsText, type Permission } from "#app/core/program/permissions.ts";

const [NOT_ACCEPTED, LACKS] = TOKEN_REFUSED;
const TOOK_NOTHING = { tookNothing: true } as const;

/** One HTTP answer of impact.com → what it means and what the merchant can do. */
export function problemForStatus(answer: {
  status: number;
  said: string | null;
  resetsAt: Date | null;
  /** What was asked for, below /Advertisers/{AccountSID}/. */
  path: string;
}): ImpactProblem {
  const { status, said, resetsAt, path } = answer;
  const cause = `HTTP ${status}`;
  if (status === 401) return { ...badCredentials(), cause };
  if (status === 403) return { ...missingScope(path), cause };
  if (status === 404) {
    return { kind: "not-found", retry: "never", message: notFound(said), cause, ...TOOK_NOTHING };
  }
  if (status === 429) return { ...rateLimited(resetsAt), cause };
  if (status >= 500) return unavailable(`${cause} ${said ?? ""}`.trim());
  const message = `impact.com refused it: ${said ?? cause}.`;
  return { kind: "refused", retry: "never", message, cause, ...TOOK_NOTHING };
}

// A merchant can mend the next two, and then what waits must go out: so they are tried again.

function badCredentials(): ImpactProblem {
  return {
    kind: "bad-credentials",
    retry: "later",
    ...TOOK_NOTHING,
    message: `${NOT_ACCEPTED}. Copy the Account SID and the Auth Token again from Settings → Technical → API at impact.com.`,
  };
}

function missingScope(path: string): ImpactProblem {
  const permission = permissionFor(path);
  const lacks = permission ? `the permission “${permission}”` : "a permission";
  return {
    kind: "missing-scope",
    retry: "later",
    ...TOOK_NOTHING,
    message: `${LACKS} ${lacks}. At impact.com, under Settings → Technical → API, edit the token and tick ${permissionsText(PERMISSIONS)}.`,
  };
}

/** What is asked for by each, as paths name it. */
const COLLECTIONS: Record<Permission, string> = {
  Account: "CompanyInformation",
  Actions: "Actions",
  Campaigns: "Campaigns",
  Clicks: "Clicks",
  Contracts: "Contracts",
  Conversions: "Conversions",
  Partners: "MediaPartners",
  "Promo Codes": "PromoCodes",
  Submissions: "APISubmissions",
};

/** The innermost collection of a path decides: `Campaigns/1000/Contracts` needs Contracts. */
function permissionFor(path: string): Permission | undefined {
  const known = path
    .split("/")
    .flatMap((segment) => PERMISSIONS.find((one) => COLLECTIONS[one] === segment) ?? []);
  return known.at(-1);
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
    ...TOOK_NOTHING,
  };
}

/** What is left of the hour is kept for orders, or for others who wait. */
export function givesWay(retryAt: Date): ImpactProblem {
  return {
    kind: "rate-limited",
    retry: "later",
    message:
      "impact.com's hourly limit is used up, but for what is kept for orders and single requests. It goes on by itself within the hour.",
    retryAt,
    ...TOOK_NOTHING,
  };
}

/** Whatever was sent may have been taken, though no proper answer came back. */
export function unavailable(cause: string): ImpactProblem {
  return {
    kind: "unavailable",
    retry: "later",
    message: "impact.com could not be reached. It is tried again by itself.",
    cause,
  };
}

/** Many requests in a row have failed: nobody asks again before then. */
export function paused(retryAt: Date): ImpactProblem {
  return { ...unavailable("paused after failures in a row"), retryAt, ...TOOK_NOTHING };
}
