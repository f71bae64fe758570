import type { Attribution } from "./attribution.ts";
import { isClickId, type Click, type ClickSource } from "./click.ts";

/** A click id as it came with an order or its checkout, before anyone has asked whose it was. */
export type ToldClick = Pick<Click, "clickId" | "source" | "seenAt">;

const TRUST: readonly ClickSource[] = ["cart", "pixel", "landing"];
/** More of them say nothing more: who wants to can put any number on a cart. */
const MOST_CLICKS = 5;

/**
 * The clicks of one order, the most trusted source first: cart, pixel, landing page. What can't be a click
 * id comes last, in a form that can be stored and shown and that is none either; an empty one is left
 * out, since so a cart says that there is none. Of one id that comes twice the most trusted word stands.
 */
export function gatherClicks(told: readonly ToldClick[]): ToldClick[] {
  const usable = told.filter(({ clickId }) => isClickId(clickId));
  const malformed = told.filter(({ clickId }) => clickId !== "" && !isClickId(clickId));
  const first = new Map<string, ToldClick>();
  for (const click of [...byTrust(usable), ...byTrust(malformed).map(storable)]) {
    if (!first.has(click.clickId)) first.set(click.clickId, click);
  }
  return [...first.values()].slice(0, MOST_CLICKS);
}

/** The clicks that a decision names, as they were told: decided by them again, an order is decided the same. */
export function clicksNamedIn({ candidates }: Pick<Attribution, "candidates">): ToldClick[] {
  return candidates.flatMap((one) => {
    // In the form in which it is shown, one that can't be a click id may look like another that can.
    if (one.kind === "code" || one.verdict === "malformed") return [];
    return [{ clickId: one.clickId, source: one.source, seenAt: one.at }];
  });
}

function byTrust(told: readonly ToldClick[]): ToldClick[] {
  return TRUST.flatMap((source) => told.filter((click) => click.source === source));
}

const SHOWN = 60;

/** Neither the cut's mark nor the one for what can't be shown may stand in a click id. */
function storable(click: ToldClick): ToldClick {
  const text = click.clickId.replaceAll(/[^ -~…]/g, "\ufffd");
  return { ...click, clickId: text.length > SHOWN + 1 ? `${text.slice(0, SHOWN)}…` : text };
}
