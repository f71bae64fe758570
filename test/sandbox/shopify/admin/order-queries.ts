import { GraphQLError } from "graphql";
import type { AdminContext } from "#test/sandbox/shopify/admin/admin-context.ts";
import { connection } from "#test/sandbox/shopify/admin/connection.ts";
import type { PageArguments, Placed } from "#test/sandbox/shopify/admin/connection.ts";
import { countView } from "#test/sandbox/shopify/admin/count-view.ts";
import { legacyId } from "#test/sandbox/shopify/admin/global-id.ts";
import { codeDiscountNode } from "#test/sandbox/shopify/admin/discount-queries.ts";
import { discountCodesOf, orderView } from "#test/sandbox/shopify/admin/order-view.ts";
import { listOf } from "#test/sandbox/shopify/admin/payload-fields.ts";
import { refundView } from "#test/sandbox/shopify/admin/refund-view.ts";
import { indexedBy } from "#test/sandbox/derived.ts";
import { searchFilter } from "#test/sandbox/shopify/admin/search-query.ts";
import type { SearchField } from "#test/sandbox/shopify/admin/search-query.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";

const SIXTY_DAYS_MS = 60 * 24 * 60 * 60 * 1_000;

const filters: Record<string, SearchField<StoredOrder>> = {
  id: (order) => order.id,
  name: (order) => [order.name, order.name.replace(/^#/, "")],
  created_at: (order) => order.createdAt,
  processed_at: (order) => order.createdAt,
  updated_at: (order) => order.updatedAt,
  source_name: (order) => String(order.payload["source_name"] ?? ""),
  financial_status: (order) => String(order.payload["financial_status"] ?? ""),
  // Shopify searches the first code alone (shopify.md §4).
  discount_code: (order) => discountCodesOf(order).slice(0, 1),
};

const ordersById = indexedBy(({ id }: StoredOrder) => id);

/** Without read_all_orders an app sees the last 60 days (shopify.md §3). */
function visibleOrders({ shop, scopes, now }: AdminContext): StoredOrder[] {
  if (scopes.includes("read_all_orders")) return shop.orders;
  return shop.orders.filter((order) => isRecent(order, now));
}

function isRecent(order: StoredOrder, now: Date): boolean {
  return now.getTime() - order.createdAt.getTime() < SIXTY_DAYS_MS;
}

function visibleOrder({ shop, scopes, now }: AdminContext, id: string): StoredOrder | null {
  const [found] = ordersById(shop.orders, id);
  return found && (scopes.includes("read_all_orders") || isRecent(found, now)) ? found : null;
}

function placeOrder(order: StoredOrder, sortKey: string): Placed<StoredOrder> {
  const values: Record<string, number> = {
    ID: 0,
    CREATED_AT: order.createdAt.getTime(),
    PROCESSED_AT: order.createdAt.getTime(),
    UPDATED_AT: order.updatedAt.getTime(),
  };
  const value = values[sortKey];
  if (value === undefined) {
    throw new GraphQLError(`The Shopify stand-in does not sort orders by ${sortKey}.`);
  }
  return { item: order, id: order.id, value };
}

export function orders(
  context: AdminContext,
  args: PageArguments & { query?: string | null; sortKey: string },
) {
  const found = visibleOrders(context).filter(searchFilter(args.query, filters));
  const placed = found.map((order) => placeOrder(order, args.sortKey));
  return connection(placed, args, (order) => orderView(context, order));
}

export function order(context: AdminContext, { id }: { id: string }) {
  const found = visibleOrder(context, legacyId(id));
  return found ? orderView(context, found) : null;
}

export function refund(context: AdminContext, { id }: { id: string }) {
  for (const each of visibleOrders(context)) {
    const refunds = listOf(each.payload, "refunds");
    const found = refunds.find((one) => String(one["id"]) === legacyId(id));
    if (found) return refundView(context.shop, each, found);
  }
  return null;
}

/** Orders, refunds and code discounts by gid, in the order asked for; null for each that is not there. */
export function nodes(context: AdminContext, { ids }: { ids: string[] }) {
  return ids.map((id) => {
    const [, , , type] = id.split("/");
    if (type === "Order") return order(context, { id });
    if (type === "Refund") return refund(context, { id });
    if (type === "DiscountCodeNode") return discountNode(context, id);
    throw new GraphQLError(`The Shopify stand-in has no node for ${id}.`);
  });
}

/** A node that is asked for among others says what it is. */
function discountNode(context: AdminContext, id: string) {
  const found = codeDiscountNode(context, { id });
  return found && { __typename: "DiscountCodeNode", ...found };
}

export function ordersCount(
  context: AdminContext,
  args: { query?: string | null; limit?: number | null },
) {
  const found = visibleOrders(context).filter(searchFilter(args.query, filters));
  return countView(found.length, args.limit);
}
