import { reportingEndsAt } from "../conversions/reporting-limit.ts";
import type { ShopDomain } from "../ids.ts";
import type { Money } from "../money.ts";
import type { ImpactWaitSum } from "../ports/problem-stores.ts";
import type { Ports } from "../ports/ports.ts";
import type { Connection } from "../program/program.ts";
import { needNow, type ImpactNeed } from "./impact-need.ts";

/** Orders that wait for one thing only the merchant can give. */
export interface ImpactWait {
  need: ImpactNeed;
  orders: number;
  /** What the orders are worth, an amount for each currency. */
  worth: Money[];
  /** Since when the first of them has waited. */
  since: Date;
  /** Then the first of them can't be reported any more; null: all have been, and wait for what came later. */
  endsAt: Date | null;
}

/** What orders wait for that only the merchant can give: by itself none of it ends, and then nobody is paid. */
export async function listImpactWaits(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
): Promise<ImpactWait[]> {
  const [sums, connection] = await Promise.all([
    store.problems.sumImpactWaits(shop),
    store.connections.find(shop),
  ]);
  return groupByNeed(sums, connection);
}

/** How many orders these are. */
export async function countImpactWaits(
  ports: Pick<Ports, "store">,
  shop: ShopDomain,
): Promise<number> {
  const waits = await listImpactWaits(ports, shop);
  return waits.reduce((all, { orders }) => all + orders, 0);
}

/** The nearest limit first. */
function groupByNeed(
  sums: readonly ImpactWaitSum[],
  connection: Pick<Connection, "program"> | null,
): ImpactWait[] {
  const needed = sums.flatMap((sum) => {
    const need = needNow(sum.told, connection);
    return need ? [{ ...sum, need }] : [];
  });
  const waits = [...new Set(needed.map(({ need }) => need))].map((need): ImpactWait => {
    const some = needed.filter((sum) => sum.need === need);
    const placed = earliest(some.flatMap(({ unreportedFrom }) => unreportedFrom ?? []));
    return {
      need,
      orders: some.reduce((all, { orders }) => all + orders, 0),
      worth: worthOf(some),
      since: earliest(some.map(({ since }) => since)) ?? new Date(0),
      endsAt: placed && reportingEndsAt(placed),
    };
  });
  return waits.toSorted((a, b) => limitOf(a) - limitOf(b));
}

function worthOf(sums: readonly ImpactWaitSum[]): Money[] {
  const currencies = [...new Set(sums.map(({ currency }) => currency))];
  return currencies.map((currency) => {
    const some = sums.filter((sum) => sum.currency === currency);
    return { minor: some.reduce((all, { netMinor }) => all + netMinor, 0), currency };
  });
}

function earliest(times: readonly Date[]): Date | null {
  return times.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

function limitOf({ endsAt }: ImpactWait): number {
  return endsAt?.getTime() ?? Infinity;
}
