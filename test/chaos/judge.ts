import pg from "pg";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { totalOf } from "#test/sandbox/impact/actions/total-of.ts";
import type { Action, ActionItem, ImpactState } from "#test/sandbox/impact/state.ts";
import type { Shop, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { skusOff, wantedItems, type Wanted } from "./wanted-items.ts";

export interface Verdict {
  /** Earned by a partner, and nothing of it is at impact.com. */
  lost: string[];
  /** More than one living action for one order. */
  doubled: string[];
  /** The living action holds other amounts, or another partner, than it should. */
  wrongAmount: string[];
  /** At Shopify, and not in the ledger as reported or ignored; and a ledger page that says otherwise. */
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
  editsAppearAsRefunds: boolean,
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
      const wanted = wantedItems(order, editsAppearAsRefunds);
      const wantedMinor = partnerId === null ? 0 : wanted.totalMinor;
      const items = living.flatMap((action) => action.items);
      const held = totalOf(items).amountMinor;
      const told = `${shop.domain} ${order.name} (${order.id}): wanted ${wantedMinor}, holds ${held}`;
      const off = partnerId === null ? [] : skusOff(wanted, items);
      if (living.length > 1) verdict.doubled.push(told);
      else if (living.length === 0 && wantedMinor > 0) verdict.lost.push(told);
      else if (held !== wantedMinor || living.some((action) => action.partnerId !== partnerId)) {
        if (living.length > 0 || wantedMinor > 0) verdict.wrongAmount.push(told);
      } else if (off.length > 0) verdict.wrongAmount.push(`${told}; ${inItems(wanted, items)}`);
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

function inItems({ bySku }: Wanted, items: readonly ActionItem[]): string {
  const holds = items.map(({ sku, amountMinor }) => [sku, amountMinor]);
  return `by SKU wanted ${JSON.stringify([...bySku])}, holds ${JSON.stringify(holds)}`;
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
