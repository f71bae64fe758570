import { isClickId, isClickParameter } from "#app/core/attribution/click.ts";
import type { ToldClick } from "#app/core/attribution/gather-clicks.ts";

/** What our app embed calls it comes first; the others are what scripts of merchants' own write. */
const ATTRIBUTES = ["irclickid", "_irclickid", "im_ref"];
const SEEN = "irclickid_seen";
/** impact.com puts the click id on the landing URL under either name (reference/impact.md, 8). */
const PARAMETERS = ["irclickid", "im_ref"];
const LONGEST_PAGE = 8_192;
const MOST_NAMES = 20;

type Attribute = { name: string; value: string } | null;

/** Cart attributes, which the order carries as its note attributes. */
export function cartClicks(attributes: readonly Attribute[]): ToldClick[] {
  const valuesOf = (wanted: string) =>
    attributes.flatMap((one) => (one?.name === wanted ? [one.value] : []));
  const seenAt = seenAtOf(valuesOf(SEEN)[0]);
  return ATTRIBUTES.flatMap((name) =>
    valuesOf(name).map((clickId) => ({
      clickId,
      source: "cart" as const,
      seenAt: name === "irclickid" ? seenAt : null,
    })),
  );
}

/**
 * The page the visit began at, as a URL or a path, read for impact.com's names and one of the shop's own.
 * Its time is nothing that a webhook tells.
 */
export function landingClicks(page: string | null, ownName: string | null = null): ToldClick[] {
  const parameters = parametersOf(page);
  const names = ownName === null ? PARAMETERS : [...PARAMETERS, ownName];
  return names.flatMap((name) =>
    parameters
      .getAll(name)
      .map((clickId) => ({ clickId, source: "landing" as const, seenAt: null })),
  );
}

/** What can be a click id under other names, the first for each name; null: nothing. */
export function namedOnLanding(page: string | null): Record<string, string> | null {
  const named = new Map<string, string>();
  for (const [name, value] of parametersOf(page)) {
    if (named.size === MOST_NAMES) break;
    if (PARAMETERS.includes(name) || !isClickParameter(name) || named.has(name)) continue;
    if (isClickId(value)) named.set(name, value);
  }
  return named.size === 0 ? null : Object.fromEntries(named);
}

function parametersOf(page: string | null): URLSearchParams {
  const [, query = ""] = /\?([^#]*)/.exec(page?.slice(0, LONGEST_PAGE) ?? "") ?? [];
  return new URLSearchParams(query);
}

/** By the storefront's clock, or whatever else somebody has written there. */
function seenAtOf(text: string | undefined): Date | null {
  if (!text || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(text)) return null;
  const seenAt = new Date(text);
  return Number.isNaN(seenAt.getTime()) ? null : seenAt;
}
