import { GraphQLError } from "graphql";
import type { AdminContext } from "#test/sandbox/shopify/admin/admin-context.ts";
import { connection } from "#test/sandbox/shopify/admin/connection.ts";
import type { PageArguments, Placed } from "#test/sandbox/shopify/admin/connection.ts";
import { countView } from "#test/sandbox/shopify/admin/count-view.ts";
import { discountStatus } from "#test/sandbox/shopify/admin/discount-status.ts";
import { discountNodeView } from "#test/sandbox/shopify/admin/discount-view.ts";
import { legacyId } from "#test/sandbox/shopify/admin/global-id.ts";
import { codeKey } from "#test/sandbox/shopify/admin/redeem-code-problem.ts";
import { redeemCodesOf } from "#test/sandbox/shopify/admin/redeem-codes.ts";
import { searchFilter } from "#test/sandbox/shopify/admin/search-query.ts";
import type { SearchField } from "#test/sandbox/shopify/admin/search-query.ts";
import type { Discount, RedeemCode } from "#test/sandbox/shopify/state.ts";

function filters({ shop, now }: AdminContext): Record<string, SearchField<Discount>> {
  return {
    id: (discount) => legacyId(discount.id),
    // A word may stand anywhere in a title.
    title: ({ title }) => [title, ...title.split(/\s+/)],
    status: (discount) => discountStatus(discount, now),
    code: (discount) => redeemCodesOf(shop, discount.id).map(({ code }) => code),
    created_at: (discount) => discount.createdAt,
    updated_at: (discount) => discount.updatedAt,
    starts_at: (discount) => discount.startsAt,
  };
}

function placeDiscount(discount: Discount, sortKey: string): Placed<Discount> {
  const values: Record<string, number | string> = {
    ID: 0,
    TITLE: discount.title.toLowerCase(),
    CREATED_AT: discount.createdAt.getTime(),
    UPDATED_AT: discount.updatedAt.getTime(),
    STARTS_AT: discount.startsAt.getTime(),
  };
  const value = values[sortKey];
  if (value === undefined) {
    throw new GraphQLError(`The Shopify stand-in does not sort discounts by ${sortKey}.`);
  }
  return { item: discount, id: legacyId(discount.id), value };
}

export function codeDiscountNodes(
  context: AdminContext,
  args: PageArguments & { query?: string | null; sortKey: string },
) {
  const matches = searchFilter(args.query, filters(context));
  const found = [...context.shop.discounts.values()].filter(matches);
  const placed = found.map((discount) => placeDiscount(discount, args.sortKey));
  return connection(placed, args, (discount) => discountNodeView(context, discount));
}

export function codeDiscountNode(context: AdminContext, { id }: { id: string }) {
  const discount = context.shop.discounts.get(id);
  return discount ? discountNodeView(context, discount) : null;
}

export function codeDiscountNodeByCode(context: AdminContext, { code }: { code: string }) {
  const redeemCode = context.shop.codes.get(codeKey(code));
  return redeemCode ? codeDiscountNode(context, { id: redeemCode.discountId }) : null;
}

export function discountCodesCount(
  { shop }: AdminContext,
  args: { query?: string | null; limit?: number | null },
) {
  const matches = searchFilter<RedeemCode>(args.query, { times_used: (code) => code.timesUsed });
  return countView([...shop.codes.values()].filter(matches).length, args.limit);
}
