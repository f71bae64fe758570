import type { AdminContext } from "#test/sandbox/shopify/admin/admin-context.ts";
import { bulkCreationView } from "#test/sandbox/shopify/admin/bulk-creation-view.ts";
import * as discounts from "#test/sandbox/shopify/admin/discount-mutations.ts";
import * as discountQueries from "#test/sandbox/shopify/admin/discount-queries.ts";
import { globalId } from "#test/sandbox/shopify/admin/global-id.ts";
import * as orderQueries from "#test/sandbox/shopify/admin/order-queries.ts";
import * as redeemCodes from "#test/sandbox/shopify/admin/redeem-code-mutations.ts";
import { segments } from "#test/sandbox/shopify/admin/discount-items-view.ts";
import { shopView } from "#test/sandbox/shopify/admin/shop-view.ts";
import * as pixels from "#test/sandbox/shopify/admin/web-pixel.ts";

type Verb<A, R> = (context: AdminContext, args: A) => R;
type Root = Record<string, (args: never) => unknown>;

function appInstallationView({ state, scopes }: AdminContext) {
  return {
    id: globalId("AppInstallation", state.apiKey),
    accessScopes: scopes.map((handle) => ({ handle, description: handle.replaceAll("_", " ") })),
  };
}

function bulkCreation(context: AdminContext, { id }: { id: string }) {
  const creation = context.shop.bulkCreations.get(id);
  return creation ? bulkCreationView(context, creation) : null;
}

function withContext(context: AdminContext) {
  return <A, R>(verb: Verb<A, R>) =>
    (args: A): R =>
      verb(context, args);
}

/** QueryRoot: every field that this stand-in answers. */
export function queryRoot(context: AdminContext): Root {
  const of = withContext(context);
  return {
    shop: () => shopView(context.shop),
    currentAppInstallation: () => appInstallationView(context),
    codeDiscountNode: of(discountQueries.codeDiscountNode),
    codeDiscountNodeByCode: of(discountQueries.codeDiscountNodeByCode),
    codeDiscountNodes: of(discountQueries.codeDiscountNodes),
    discountCodesCount: of(discountQueries.discountCodesCount),
    discountRedeemCodeBulkCreation: of(bulkCreation),
    job: ({ id }: { id: string }) => context.jobs.find(id),
    nodes: of(orderQueries.nodes),
    order: of(orderQueries.order),
    orders: of(orderQueries.orders),
    ordersCount: of(orderQueries.ordersCount),
    refund: of(orderQueries.refund),
    segments: of(segments),
    webPixel: () => pixels.webPixel(context),
  };
}

/** Mutation: every field that this stand-in answers. */
export function mutationRoot(context: AdminContext): Root {
  const of = withContext(context);
  return {
    discountCodeBasicCreate: of(discounts.discountCodeBasicCreate),
    discountCodeFreeShippingCreate: of(discounts.discountCodeFreeShippingCreate),
    discountCodeFreeShippingUpdate: of(discounts.discountCodeFreeShippingUpdate),
    discountCodeBasicUpdate: of(discounts.discountCodeBasicUpdate),
    discountCodeActivate: of(discounts.discountCodeActivate),
    discountCodeDeactivate: of(discounts.discountCodeDeactivate),
    discountCodeDelete: of(discounts.discountCodeDelete),
    discountRedeemCodeBulkAdd: of(redeemCodes.discountRedeemCodeBulkAdd),
    discountCodeRedeemCodeBulkDelete: of(redeemCodes.discountCodeRedeemCodeBulkDelete),
    webPixelCreate: of(pixels.webPixelCreate),
    webPixelUpdate: of(pixels.webPixelUpdate),
  };
}
