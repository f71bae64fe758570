import { connection, type PageArguments } from "#test/sandbox/shopify/admin/connection.ts";
import { globalId } from "#test/sandbox/shopify/admin/global-id.ts";
import { lineItemView } from "#test/sandbox/shopify/admin/line-item-view.ts";
import { isTip, linesOf, type LinePayload } from "#test/sandbox/shopify/orders/order-books.ts";
import type { Shop, StoredOrder } from "#test/sandbox/shopify/state.ts";

function saleTypeOf(line: LinePayload): string {
  if (isTip(line)) return "TipSale";
  return line.gift_card ? "GiftCardSale" : "ProductSale";
}

function saleView(shop: Shop, order: StoredOrder, line: LinePayload) {
  return {
    __typename: saleTypeOf(line),
    id: globalId("Sale", line.id),
    quantity: line.quantity,
    lineItem: () => lineItemView(shop, order, line),
  };
}

/** The one agreement of the order as it was placed, with a sale for each line. */
export function agreementsView(shop: Shop, order: StoredOrder, args: PageArguments) {
  const sales = linesOf(order).map((line, index) => ({ item: line, id: line.id, value: index }));
  const agreement = {
    __typename: "OrderAgreement",
    id: globalId("OrderAgreement", order.id),
    happenedAt: order.createdAt,
    sales: (page: PageArguments) => connection(sales, page, (line) => saleView(shop, order, line)),
  };
  return connection([{ item: agreement, id: order.id, value: 0 }], args, (each) => each);
}
