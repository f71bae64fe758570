import pg from "pg";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { totalOf } from "#test/sandbox/impact/actions/total-of.ts";
import type { Action, ImpactState } from "#test/sandbox/impact/state.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
import { expectedOf, type Expected, type JudgedShop } from "./expected.ts";
import { skusOff } from "./wanted-items.ts";

export interface Verdict {
  /** Earned by a partner, and nothing of it is at impact.com. */
  lost: string[];
  /** More than one living action for one order, or an action for no order that is to be reported. */
  doubled: string[];
  /** The living action holds other amounts, or another partner, than it should. */
  wrongAmount: string[];
  /** The ledger has no line for it, another state, reason or partner than it should, or a line of no order. */
  unaccounted: string[];
  /** How often each state and reason was right, to see what the run has shown. */
  endedAs: Record<string, number>;
}

interface LedgerLine {
  state: string;
  reason: string;
  problem: string | null;
  partnerId: string | null;
  code: string | null;
}

/** Compares Shopify's orders, as they finally stand, with impact.com's actions and with the ledger. */
export async function judge(
  shops: readonly JudgedShop[],
  impactState: ImpactState,
  databaseUrl: string,
  editsAppearAsRefunds: boolean,
): Promise<Verdict> {
  const verdict: Verdict = emptyVerdict();
  const ledger = await readLedger(databaseUrl);
  const actions = actionsByOrder(impactState);
  for (const judged of shops) {
    const { shop, deleted } = judged;
    for (const order of [...shop.orders, ...deleted]) {
      const reported = actions.get(order.id) ?? [];
      const expected = expectedOf(order, judged, reported, editsAppearAsRefunds);
      const place = `${shop.domain}/${order.id}`;
      const line = ledger.get(place) ?? null;
      const told = `${shop.domain} ${order.name} (${order.id})`;
      judgeActions(verdict, { told, order, expected, reported });
      judgeLine(verdict, { told, line, expected, isDeleted: deleted.includes(order) });
      actions.delete(order.id);
      ledger.delete(place);
    }
  }
  for (const orderId of actions.keys())
    verdict.doubled.push(`${orderId}: Shopify has no such order`);
  for (const place of ledger.keys()) verdict.unaccounted.push(`${place}: a line of no order`);
  return verdict;
}

const emptyVerdict = (): Verdict => ({
  ...{ lost: [], doubled: [], wrongAmount: [], unaccounted: [], endedAs: {} },
});

interface AtImpact {
  told: string;
  order: StoredOrder;
  expected: Expected;
  reported: readonly Action[];
}

/** One living action of the right partner with the right items, or none; and none ever before its time. */
function judgeActions(verdict: Verdict, { told, order, expected, reported }: AtImpact): void {
  const { earner, wanted, reportableSince } = expected;
  const early = reported.filter(({ createdAt }) => !reportableSince || createdAt < reportableSince);
  if (early.length > 0) verdict.doubled.push(`${told}: reported, and should not have been`);
  const living = reported.filter(({ reversed }) => !reversed);
  const items = living.flatMap((action) => action.items);
  const held = totalOf(items).amountMinor;
  const sums = `${told}: wanted ${wanted.totalMinor}, holds ${held}`;
  if (living.length > 1) verdict.doubled.push(sums);
  const [action] = living;
  if (!action) {
    if (earner) verdict.lost.push(sums);
    return;
  }
  const isOther =
    action.partnerId !== earner?.partnerId ||
    action.promoCode.toUpperCase() !== earner.code ||
    action.currency !== order.payload["currency"];
  if (isOther || held !== wanted.totalMinor) {
    verdict.wrongAmount.push(`${sums}; ${action.partnerId} by ${action.promoCode}`);
  } else if (skusOff(wanted, items).length > 0) {
    verdict.wrongAmount.push(`${sums}; by SKU ${JSON.stringify(bySku(expected, action))}`);
  }
}

interface InLedger {
  told: string;
  line: LedgerLine | null;
  expected: Expected;
  isDeleted: boolean;
}

/** Nobody can have a line of an order that was deleted before anything was heard of it. */
function judgeLine(verdict: Verdict, { told, line, expected, isDeleted }: InLedger): void {
  const { state, reason, earner } = expected;
  if (!line && isDeleted && state === "ignored") return;
  const isRight = line?.state === state && line.reason === reason;
  const isTheirs =
    !earner || (line?.partnerId === earner.partnerId && line.code?.toUpperCase() === earner.code);
  if (isRight && isTheirs) {
    const ended = `${state}: ${reason}`;
    verdict.endedAs[ended] = (verdict.endedAs[ended] ?? 0) + 1;
    return;
  }
  const wanted = JSON.stringify({ state, reason, ...earner });
  verdict.unaccounted.push(`${told}: wanted ${wanted}, has ${JSON.stringify(line)}`);
}

function bySku({ wanted }: Expected, { items }: Action) {
  return {
    wanted: [...wanted.bySku].map(([sku, minor]) => [sku, wanted.unitsBySku.get(sku), minor]),
    holds: items.map(({ sku, quantity, amountMinor }) => [sku, quantity, amountMinor]),
  };
}

function actionsByOrder(impactState: ImpactState): Map<string, Action[]> {
  const byOrder = new Map<string, Action[]>();
  for (const action of actionsOf(impactState)) {
    // Reported again after a reversal, an order goes by its id and a number: 5500001-2.
    const orderId = action.orderId.replace(/-\d+$/, "");
    byOrder.set(orderId, [...(byOrder.get(orderId) ?? []), action]);
  }
  return byOrder;
}

async function readLedger(databaseUrl: string): Promise<Map<string, LedgerLine>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<LedgerLine & { shop: string; orderId: string }>(
    `SELECT "shop", "orderId", "state", "reason", "problem", "partnerId", "code" FROM "Order"`,
  );
  await client.end();
  return new Map(rows.map(({ shop, orderId, ...line }) => [`${shop}/${orderId}`, line]));
}
