import pg from "pg";
import { currencyDigits } from "#app/core/money.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { totalOf } from "#test/sandbox/impact/actions/total-of.ts";
import type { Action, ImpactState } from "#test/sandbox/impact/state.ts";
import type { Shop, StoredOrder } from "#test/sandbox/shopify/state.ts";

export interface Verdict {
  /** Earned by a partner, and nothing of it is at impact.com. */
  lost: string[];
  /** More than one living action for one order. */
  doubled: string[];
  /** The living action holds another amount, or another partner, than it should. */
  wrongAmount: string[];
  /** At Shopify, and not in the ledger as reported or ignored. */
  unaccounted: string[];
}

interface LedgerLine {
  state: string;
  reason: string;
  problem: string | null;
}

/** Compares Shopify's orders, as they finally stand, with impact.com's actions and with the ledger. */
export async function judge(
  shops: { shop: Shop; partnerOf: ReadonlyMap<string, string> }[],
  impactState: ImpactState,
  databaseUrl: string,
): Promise<Verdict> {
  const verdict: Verdict = { lost: [], doubled: [], wrongAmount: [], unaccounted: [] };
  const ledger = await readLedger(databaseUrl);
  const actions = actionsByOrder(impactState);
  for (const { shop, partnerOf } of shops) {
    for (const order of shop.orders) {
      const line = ledger.get(`${shop.domain}/${order.id}`);
      if (!line || !["reported", "ignored"].includes(line.state)) {
        verdict.unaccounted.push(`${order.name}: ${JSON.stringify(line ?? "no line")}`);
      }
      const living = (actions.get(order.id) ?? []).filter(({ reversed }) => !reversed);
      const partnerId = earner(order, partnerOf);
      const wanted = partnerId === null ? 0 : finallyPaidMinor(order, shop.currency);
      const held = living.reduce((sum, { items }) => sum + totalOf(items).amountMinor, 0);
      const told = `${shop.domain} ${order.name} (${order.id}): wanted ${wanted}, holds ${held}`;
      if (living.length > 1) verdict.doubled.push(told);
      else if (living.length === 0 && wanted > 0) verdict.lost.push(told);
      else if (held !== wanted || living.some((action) => action.partnerId !== partnerId)) {
        if (living.length > 0 || wanted > 0) verdict.wrongAmount.push(told);
      }
    }
  }
  return verdict;
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

function earner({ payload }: StoredOrder, partnerOf: ReadonlyMap<string, string>): string | null {
  const applications = payload["discount_applications"] as { type: string; code?: string }[];
  for (const { type, code } of applications) {
    const partnerId = type === "discount_code" ? partnerOf.get((code ?? "").toUpperCase()) : null;
    if (partnerId) return partnerId;
  }
  return null;
}

interface PayloadLine {
  price: string;
  quantity: number;
  discount_allocations: { amount: string }[];
}
interface PayloadRefund {
  refund_line_items: { subtotal: string | number }[];
  order_adjustments: { kind: string; amount: string | number }[];
}

/** From Shopify's own figures, and not by the app's code: lines, less discounts, less what was refunded. */
function finallyPaidMinor({ payload }: StoredOrder, currency: string): number {
  if (payload["cancelled_at"] !== null) return 0;
  const minor = (amount: string | number) =>
    Math.round(Number(amount) * 10 ** currencyDigits(currency));
  const sum = (amounts: (string | number)[]) => amounts.reduce<number>((a, b) => a + minor(b), 0);
  const lines = payload["line_items"] as PayloadLine[];
  const refunds = payload["refunds"] as PayloadRefund[];
  const sold = lines.map(
    ({ price, quantity, discount_allocations }) =>
      minor(price) * quantity - sum(discount_allocations.map(({ amount }) => amount)),
  );
  const returned = refunds.flatMap(({ refund_line_items }) => refund_line_items);
  const adjusted = refunds
    .flatMap(({ order_adjustments }) => order_adjustments)
    .filter(({ kind }) => kind !== "shipping_refund");
  const givenBack = Math.max(0, -sum(adjusted.map(({ amount }) => amount)));
  const left =
    sold.reduce((a, b) => a + b, 0) - sum(returned.map(({ subtotal }) => subtotal)) - givenBack;
  return Math.max(0, left);
}

async function readLedger(databaseUrl: string): Promise<Map<string, LedgerLine>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<LedgerLine & { shop: string; orderId: string }>(
    `SELECT "shop", "orderId", "state", "reason", "problem" FROM "Order"`,
  );
  await client.end();
  return new Map(rows.map((row) => [`${row.shop}/${row.orderId}`, row]));
}
