import type { Attribution, Share } from "../attribution/attribution.ts";
import type { OrderId } from "../ids.ts";
import type { SettledOrders } from "../ports/replay-store.ts";
import { gainsOf, keyOf, movesBetween, type Earner, type Gain, type Move } from "./gains.ts";

/** An order as it is replayed, and how it would be decided on either side. */
export interface Replayed {
  orderId: OrderId;
  name: string;
  placedAt: Date;
  netMinor: number;
  today: Attribution;
  then: Attribution;
}

export interface Side {
  /** In which the earner has a part. */
  orders: number;
  /** In minor units of the shop's currency. */
  minor: number;
}

/** One earner's orders and money under today's rule and under the other. */
export interface Standing {
  earner: Earner;
  today: Side;
  then: Side;
}

export interface Flow extends Move {
  orders: number;
}

/** One of the orders that would move the most. */
export interface Example {
  orderId: OrderId;
  name: string;
  placedAt: Date;
  movedMinor: number;
  moves: Move[];
}

export interface Simulation {
  /** With a code or a click: no rule gives others to anybody. */
  orders: number;
  changed: number;
  movedMinor: number;
  /** Who changes the most comes first. */
  standings: Standing[];
  /** The largest first. */
  flows: Flow[];
  examples: Example[];
  /** Orders of which a click earns a part on either side, and those of them whose click's partner is not known. */
  clicks: { earning: number; untold: number };
  /** Orders that impact.com has credited without us: no rule changes anything of them. */
  creditedThere: Side;
}

const MOST_EXAMPLES = 10;

/** Sums what replayed orders come to, one after the other, in memory that grows with the partners alone. */
export interface Tally {
  add(order: Replayed): void;
  /** Orders that stay with whom they are. */
  addSettled(settled: SettledOrders): void;
  result(): Simulation;
}

export function createTally(): Tally {
  const standings = new Map<string, Standing>();
  const flows = new Map<string, Flow>();
  let examples: Example[] = [];
  let [orders, changed, movedMinor] = [0, 0, 0];
  const clicks = { earning: 0, untold: 0 };
  const creditedThere = { orders: 0, minor: 0 };
  return {
    add(order) {
      orders += 1;
      const byClick = clickShareOf(order.today) ?? clickShareOf(order.then);
      if (byClick) clicks.earning += 1;
      if (byClick?.partner === null) clicks.untold += 1;
      const today = gainsOf(order.today, order.netMinor);
      const then = order.then === order.today ? today : gainsOf(order.then, order.netMinor);
      addGains(standings, "today", today);
      addGains(standings, "then", then);
      const moves = then === today ? [] : movesBetween(today, then);
      if (moves.length === 0) return;
      const moved = moves.reduce((sum, { minor }) => sum + minor, 0);
      changed += 1;
      movedMinor += moved;
      for (const move of moves) addMove(flows, move);
      examples = withExample(examples, { ...exampleOf(order), movedMinor: moved, moves });
    },
    addSettled({ partner, orders: count, netMinor, isCreditedThere }) {
      orders += count;
      if (isCreditedThere) {
        creditedThere.orders += count;
        creditedThere.minor += netMinor;
      }
      const earner: Earner = partner ? { kind: "partner", ...partner } : { kind: "nobody" };
      for (const side of ["today", "then"] as const) {
        addTo(standings, side, earner, { orders: count, minor: netMinor });
      }
    },
    result: () => ({
      ...{ orders, changed, movedMinor, examples, clicks, creditedThere },
      standings: [...standings.values()].toSorted((one, other) => changeOf(other) - changeOf(one)),
      flows: [...flows.values()].toSorted((one, other) => other.minor - one.minor),
    }),
  };
}

function clickShareOf(decided: Attribution): Share | undefined {
  if (decided.outcome === "nobody") return undefined;
  return decided.shares.find(({ by }) => by.kind === "click");
}

const NOTHING: Side = { orders: 0, minor: 0 };

function addGains(
  standings: Map<string, Standing>,
  side: "today" | "then",
  gains: readonly Gain[],
): void {
  for (const { earner, minor } of gains) addTo(standings, side, earner, { orders: 1, minor });
}

function addTo(
  standings: Map<string, Standing>,
  side: "today" | "then",
  earner: Earner,
  { orders, minor }: Side,
): void {
  const key = keyOf(earner);
  const standing = standings.get(key) ?? { earner, today: NOTHING, then: NOTHING };
  const before = standing[side];
  const after = { orders: before.orders + orders, minor: before.minor + minor };
  standings.set(key, { ...standing, [side]: after });
}

function addMove(flows: Map<string, Flow>, move: Move): void {
  const key = `${keyOf(move.from)} > ${keyOf(move.to)}`;
  const { minor, orders } = flows.get(key) ?? NOTHING;
  flows.set(key, { ...move, minor: minor + move.minor, orders: orders + 1 });
}

function exampleOf({ orderId, name, placedAt }: Replayed) {
  return { orderId, name, placedAt };
}

function withExample(examples: Example[], example: Example): Example[] {
  const least = examples.at(-1);
  const isFull = examples.length === MOST_EXAMPLES;
  if (isFull && least && least.movedMinor >= example.movedMinor) return examples;
  const sorted = [...examples, example].toSorted((one, other) => other.movedMinor - one.movedMinor);
  return sorted.slice(0, MOST_EXAMPLES);
}

function changeOf({ today, then }: Standing): number {
  return Math.abs(then.minor - today.minor);
}
