import { failure, success, type Problem, type Result } from "../result.ts";

const LONGEST_PATH = 500;

/**
 * A landing page as typed → a path of the shop's own. It may be a whole address, if it is one of these
 * hosts'; anywhere else a share link must not lead, or it would lend the shop's name to others.
 */
export function readLandingPath(
  text: string,
  hosts: readonly string[],
): Result<string, Problem<"landing-path">> {
  const path = pathOf(text.trim(), hosts);
  if (path === null) {
    return refuse(`Enter a page of your own shop: a path, or an address at ${hosts[0] ?? ""}.`);
  }
  // Browsers take a backslash for a slash, and two slashes for the beginning of another host.
  if (!path.startsWith("/") || /^\/[/\\]/.test(path) || path.includes("\\")) {
    return refuse("Start the landing page with one slash, such as /collections/new.");
  }
  if (/[\s\p{Cc}]/u.test(path)) return refuse("Leave out spaces in the landing page.");
  if (path.length > LONGEST_PATH) return refuse(`Use at most ${LONGEST_PATH} characters.`);
  if (/^\/discount(\/|$)/i.test(path)) {
    return refuse(
      "Choose a page of the shop: another discount link would replace the partner's code.",
    );
  }
  return success(path);
}

/** Null for an address of somebody else's. */
function pathOf(text: string, hosts: readonly string[]): string | null {
  if (text === "") return "/";
  const [, host, rest] = /^https?:\/\/([^/?#]*)(.*)$/is.exec(text) ?? [];
  if (host === undefined || rest === undefined)
    return /^[a-z][a-z0-9+.-]*:/i.test(text) ? null : text;
  if (!hosts.some((own) => own.toLowerCase() === host.toLowerCase())) return null;
  return rest.startsWith("/") ? rest : `/${rest}`;
}

function refuse(message: string): Result<never, Problem<"landing-path">> {
  return failure({ kind: "landing-path", retry: "never", message });
}
