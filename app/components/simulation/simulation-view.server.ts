import { formatMoney } from "#app/core/money.ts";
import { commissionOn, PAYOUT_DAYS, type PayoutRates } from "#app/core/simulation/payout-rates.ts";
import type { Earner } from "#app/core/simulation/gains.ts";
import type { startLoneLookUps } from "#app/core/simulation/look-up-lone-clicks.ts";
import type { ReplayDays } from "#app/core/simulation/simulate-rule.ts";
import type { Example, Simulation, Standing } from "#app/core/simulation/tally.ts";
import { timeFormats } from "../time-formats.server.ts";
import { flowLayout } from "./flow-layout.server.ts";

export type SimulationView = ReturnType<typeof simulationView>;
export type StandingRow = ReturnType<typeof standingRow>;
export type ExampleRow = ReturnType<typeof exampleRow>;

interface Setting {
  currency: string;
  timeZone: string;
  days: ReplayDays;
  rates: PayoutRates;
  /** Whether impact.com is asked whose clicks were; null: it has told of all. */
  asking: Asking | null;
}

type Asking = Awaited<ReturnType<typeof startLoneLookUps>>;

/** What another rule would have changed, in the shop's words and money. */
export function simulationView(
  simulation: Simulation,
  { currency, timeZone, days, rates, asking }: Setting,
) {
  const money = (minor: number) => formatMoney({ minor, currency });
  const { orders, changed, movedMinor, flows, standings, examples } = simulation;
  const times = timeFormats(timeZone);
  return {
    line: lineOf({ orders, changed, days, moved: money(movedMinor) }),
    clicks: asking && clicksLine(simulation.clicks, asking),
    creditedThere: creditedThereLine(simulation.creditedThere, money),
    picture: flowLayout(flows, { nameOf, money }, "desktop"),
    phonePicture: flowLayout(flows, { nameOf, money }, "phone"),
    standings: standings.map((standing) => standingRow(standing, money, rates)),
    total: totalOf(standings, money, rates),
    commission: commissionNote(rates),
    examples: examples.map((example) => exampleRow(example, money, times.minute)),
  };
}

function lineOf(of: { orders: number; changed: number; days: number; moved: string }): string {
  const { orders, changed, days, moved } = of;
  if (orders === 0) return `No order of the last ${days} days came with a code or a click.`;
  const all = `Of ${count(orders)} with a code or a click in the last ${days} days`;
  if (changed === 0) return `${all}, every one would go to whom it goes today.`;
  return `${all}, ${count(changed)} would go to somebody else, in whole or in part: ${moved} net.`;
}

function clicksLine({ earning, untold }: Simulation["clicks"], asking: Asking): string {
  const of = `Of ${count(earning)} that a click would earn, it is not known of ${untold.toLocaleString("en-US")}`;
  return `${of} whose the click was: they stand together as “The click's partner”. ${ASKING[asking]}`;
}

/** Null where there are none. */
function creditedThereLine(
  { orders, minor }: Simulation["creditedThere"],
  money: (minor: number) => string,
): string | null {
  if (orders === 0) return null;
  const stay =
    orders === 1
      ? "It is paid already, and stays with its partner"
      : "They are paid already, and stay with their partners";
  return `impact.com has credited ${count(orders)} of ${money(minor)} net by itself, or as another app reported ${orders === 1 ? "it" : "them"}. ${stay} under any rule.`;
}

const ASKING: Record<Asking, string> = {
  asking:
    "impact.com is asked now, the newest orders first, with what its hourly limit leaves over; of a click's first hour it may not tell yet.",
  untold:
    "impact.com doesn't tell, as your access token lacks the permission Clicks: under Settings → Technical → API there, edit the token and tick Clicks. Then look again here.",
  "not-connected": "impact.com tells it once you have connected it.",
};

function count(orders: number): string {
  return orders === 1 ? "1 order" : `${orders.toLocaleString("en-US")} orders`;
}

function nameOf(earner: Earner): string {
  if (earner.kind === "partner") return earner.name;
  return earner.kind === "unknown" ? "The click's partner" : "Not reported";
}

function inSentence(earner: Earner): string {
  if (earner.kind === "partner") return earner.name;
  return earner.kind === "unknown" ? "the click's partner" : "nobody";
}

const COMMISSION = `Values are net of discounts and tax, before refunds. Commission is reckoned on what you report, at what impact.com has paid each partner of what it credited them in the last ${PAYOUT_DAYS} days, as a share of it. A fixed amount for each order, or terms that have changed since, come to something else.`;
const NO_BASIS = `Values are net of discounts and tax, before refunds. You report other amounts to impact.com, and pay commission on those. No order of the last ${PAYOUT_DAYS} days was reported as your settings have it now, so nothing tells yet how much more those come to, and commission is not known. Look again here once such an order has been reported.`;
const NOT_ALL =
  "impact.com has not told all of it in the time there was: a partner whose commission is not known here may have been paid as well.";

function commissionNote({ isBasisTold, isWhole }: PayoutRates): string {
  if (!isBasisTold) return NO_BASIS;
  return isWhole ? COMMISSION : `${COMMISSION} ${NOT_ALL}`;
}

/** By how much an earner's commission would change, in minor units; null: not known. */
function commissionChange({ earner, today, then }: Standing, rates: PayoutRates): number | null {
  const change = then.minor - today.minor;
  if (earner.kind === "nobody" || change === 0) return 0;
  const rate = earner.kind === "partner" ? rates.byPartner.get(earner.partnerId) : undefined;
  return rate ? commissionOn(change, rate) : null;
}

/** What the rule would cost or save; null where it moves nothing. */
function totalOf(
  standings: readonly Standing[],
  money: (minor: number) => string,
  rates: PayoutRates,
): string | null {
  const moved = standings.filter(({ earner, today, then }) => {
    return earner.kind !== "nobody" && then.minor !== today.minor;
  });
  const known = moved.flatMap((standing) => commissionChange(standing, rates) ?? []);
  if (moved.length === 0) return null;
  if (known.length === 0) return "What it would change in commission is not known.";
  const sum = signed(
    known.reduce((one, other) => one + other),
    money,
  );
  const part = `, known of ${known.length} of the ${moved.length} who gain or lose`;
  return `Change in commission in all: ${sum}${known.length < moved.length ? part : ""}.`;
}

function standingRow(standing: Standing, money: (minor: number) => string, rates: PayoutRates) {
  const { earner, today, then } = standing;
  const change = then.minor - today.minor;
  const commission = commissionChange(standing, rates);
  return {
    id: earner.kind === "partner" ? earner.partnerId : earner.kind,
    name: nameOf(earner),
    today: money(today.minor),
    ordersToday: today.orders.toLocaleString("en-US"),
    then: money(then.minor),
    ordersThen: then.orders.toLocaleString("en-US"),
    change: signed(change, money),
    commission: commission === null ? "Not known" : signed(commission, money),
    tone: change > 0 ? ("success" as const) : change < 0 ? ("critical" as const) : null,
  };
}

function signed(change: number, money: (minor: number) => string): string {
  return change === 0 ? "None" : `${change > 0 ? "+" : "−"}${money(Math.abs(change))}`;
}

function exampleRow(
  { orderId, name, placedAt, moves }: Example,
  money: (minor: number) => string,
  time: (at: Date) => string,
) {
  const words = moves.map(
    ({ from, to, minor }) => `${money(minor)} from ${inSentence(from)} to ${inSentence(to)}`,
  );
  return { id: orderId, name, placedAt: time(placedAt), moves: words };
}
