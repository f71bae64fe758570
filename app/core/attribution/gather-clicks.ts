import { isClickId, type Click, type ClickSource } from "./click.ts";

/** A click id as it came with an order or its checkout, before anyone has asked whose it was. */
export type ToldClick = Pick<Click, "clickId" | "source" | "seenAt">;

const TRUST: readonly ClickSource[] = ["cart", "pixel", "landing"];
/** More of them say nothing more: who wants to can put any number on a cart. */
const MOST_CLICKS = 5;

/**
 * The clicks of one order, the most trusted source first: cart, pixel, landing page. What can't be a
 * click id is left out, and of one id that comes twice only the most trusted word stands.
 */
export function gatherClicks(told: readonly ToldClick[]): ToldClick[] {
  const usable = told.filter(({ clickId }) => isClickId(clickId));
  const sorted = TRUST.flatMap((source) => usable.filter((click) => click.source === source));
  const first = new Map<string, ToldClick>();
  for (const click of sorted) if (!first.has(click.clickId)) first.set(click.clickId, click);
  return [...first.values()].slice(0, MOST_CLICKS);
}
