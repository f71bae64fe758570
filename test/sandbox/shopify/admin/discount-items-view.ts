import type { AdminContext } from "#test/sandbox/shopify/admin/admin-context.ts";
import { connection } from "#test/sandbox/shopify/admin/connection.ts";
import type { PageArguments } from "#test/sandbox/shopify/admin/connection.ts";
import { globalId } from "#test/sandbox/shopify/admin/global-id.ts";
import { searchFilter } from "#test/sandbox/shopify/admin/search-query.ts";
import type { Discount, Segment, Shop } from "#test/sandbox/shopify/state.ts";

function titledConnection(
  type: string,
  list: readonly { id: string; title: string }[],
  ids: readonly string[],
) {
  const placed = list
    .filter(({ id }) => ids.includes(id))
    .map((item) => ({ item, id: item.id, value: 0 }));
  return (args: PageArguments) =>
    connection(placed, args, ({ id, title }) => ({ id: globalId(type, id), title }));
}

/** DiscountItems */
export function itemsView({ items }: Discount, shop: Shop) {
  if (!items) return { __typename: "AllDiscountItems", allItems: true };
  if (items.kind === "collections") {
    const collections = titledConnection("Collection", shop.collections, items.ids);
    return { __typename: "DiscountCollections", collections };
  }
  const variants = shop.products.flatMap((product) => product.variants);
  return {
    __typename: "DiscountProducts",
    products: titledConnection("Product", shop.products, items.ids),
    productVariants: titledConnection("ProductVariant", variants, items.variantIds ?? []),
  };
}

function segmentView({ id, name }: Segment) {
  return { id: globalId("Segment", id), name };
}

/** DiscountContext */
export function contextView({ segments: ids }: Discount, shop: Shop) {
  if (!ids) return { __typename: "DiscountBuyerSelectionAll", all: "ALL" };
  const chosen = shop.segments.filter(({ id }) => ids.includes(id));
  return { __typename: "DiscountCustomerSegments", segments: chosen.map(segmentView) };
}

/** Words of a name are looked for by their beginnings. */
export function segments({ shop }: AdminContext, args: PageArguments & { query?: string | null }) {
  const matches = searchFilter<Segment>(args.query, { name: ({ name }) => name.split(" ") });
  const placed = shop.segments
    .filter(matches)
    .map((item) => ({ item, id: item.id, value: item.name.toLowerCase() }));
  return connection(placed, args, segmentView);
}
