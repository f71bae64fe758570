import { BYTE_ORDER_MARK, toCsv } from "../csv.ts";
import type { ShopDomain } from "../ids.ts";
import type { ListedCode } from "../ports/code-stores.ts";
import type { Ports } from "../ports/ports.ts";
import { zonedMinutes } from "../zoned-time.ts";
import type { CodeSelection } from "./code-selection.ts";
import { IMPACT_STATES, impactStateOf, SHOPIFY_STATES } from "./code-states.ts";

const LINES_AT_ONCE = 1_000;
/** By what never changes while the file is written: so each code stands in it once. */
const BY_CODE = { by: "code", descending: false } as const;

/** The selected codes as a CSV, some lines at a time; its times are those of the time zone. */
export async function* exportCodes(
  { store }: Pick<Ports, "store">,
  asked: { shop: ShopDomain; selection: CodeSelection; timeZone: string },
): AsyncGenerator<string> {
  const { shop, selection, timeZone } = asked;
  const minutes = zonedMinutes(timeZone);
  yield BYTE_ORDER_MARK + toCsv([heading(timeZone)]);
  for (let place: string | null = null; ;) {
    const beside: { side: "after"; place: string } | null = place ? { side: "after", place } : null;
    const page = { sort: BY_CODE, beside, limit: LINES_AT_ONCE, countUpTo: 1 };
    const { codes, next } = await store.codes.pageListed(shop, selection, page);
    if (codes.length > 0) yield toCsv(codes.map((code) => line(code, minutes)));
    if (next === null) return;
    place = next;
  }
}

function heading(timeZone: string): string[] {
  return [
    ...["Code", "Partner", "Partner id", "Discount", "Shopify", "impact.com", "Problem"],
    ...[`Made (${timeZone})`, `Last used (${timeZone})`],
  ];
}

function line(code: ListedCode, minutes: (at: Date) => string): string[] {
  const impact = impactStateOf(code);
  return [
    ...[code.code, code.partner?.name ?? "", code.partner?.partnerId ?? "", code.discountTitle],
    ...[SHOPIFY_STATES[code.shopifyState], impact ? IMPACT_STATES[impact] : ""],
    code.shopifyProblem ?? code.impactProblem ?? "",
    minutes(code.createdAt),
    // Its hour may be that of an order of the same day.
    code.lastUsedAt ? minutes(code.lastUsedAt).slice(0, "2026-11-23".length) : "",
  ];
}
