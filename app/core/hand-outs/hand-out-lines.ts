import { BYTE_ORDER_MARK, toCsv } from "../csv.ts";
import type { ShopDomain } from "../ids.ts";
import type { HandOutScope } from "../ports/hand-out-store.ts";
import type { Ports } from "../ports/ports.ts";
import { zonedMinutes } from "../zoned-time.ts";
import { readHandOutSetting } from "./hand-out-of.ts";
import { NEEDS_CLICK } from "./hand-out.ts";
import { walkHandOuts } from "./walk-hand-outs.ts";

/** All codes of a scope that are ready, however many, as a CSV, some lines at a time. */
export async function* handOutLines(
  ports: Pick<Ports, "store" | "clock">,
  { shop, scope }: { shop: ShopDomain; scope: HandOutScope },
): AsyncGenerator<string> {
  const setting = await readHandOutSetting(ports, shop);
  if (!setting) return;
  const { timeZone } = setting;
  const minutes = zonedMinutes(timeZone);
  const dates = [`Start (${timeZone})`, `End (${timeZone})`];
  yield (
    BYTE_ORDER_MARK +
    toCsv([["Partner", "Partner id", "Code", "Share link", "Terms", ...dates, "Note"]])
  );
  for await (const handed of walkHandOuts(ports, { shop, scope, setting })) {
    yield toCsv(
      handed.map(({ partner, code: { code, link, terms, startsAt, endsAt, needsClick } }) => [
        ...[partner.name, partner.partnerId, code, link, terms],
        ...[minutes(startsAt), endsAt ? minutes(endsAt) : "", needsClick ? NEEDS_CLICK : ""],
      ]),
    );
  }
}
