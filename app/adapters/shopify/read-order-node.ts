import { z } from "zod";
import { gatherClicks, type ToldClick } from "#app/core/attribution/gather-clicks.ts";
import { isOrderId } from "#app/core/ids.ts";
import type {
  FinancialStatus,
  OrderFacts,
  OrderLine,
  Refund,
} from "#app/core/orders/order-facts.ts";
import { checkoutHash } from "./checkout-hash.ts";
import { financialStatus } from "./read-order-payload.ts";
import { tookMinor } from "./took-minor.ts";
import { anyInstant, currentTotals, inMinorUnits, withExactAmounts } from "./shopify-amounts.ts";
import { cartClicks, landingClicks } from "./told-clicks.ts";

const money = z.object({ shopMoney: z.object({ amount: z.string() }) });
const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
const node = z.object({ id: z.string() });

const lineItem = z.object({
  id: z.string(),
  sku: z.string().nullable(),
  title: z.string(),
  vendor: z.string().nullable(),
  quantity: z.number().int(),
  currentQuantity: z.number().int(),
  isGiftCard: z.boolean(),
  variant: node.nullable(),
  originalUnitPriceSet: money,
  discountAllocations: z.array(
    z.object({
      allocatedAmountSet: money,
      discountApplication: z.object({ index: z.number().int() }),
    }),
  ),
  taxLines: z.array(z.object({ priceSet: money })),
});
/** Null until Shopify has worked out where the customer came from. */
const visit = z.object({ landingPage: z.string().nullable() }).nullable();
export const orderNode = z.object({
  id: z.string(),
  name: z.string(),
  currencyCode: z.string().length(3),
  createdAt: anyInstant,
  updatedAt: anyInstant,
  cancelledAt: anyInstant.nullable(),
  cancelReason: z.string().nullable(),
  displayFinancialStatus: z.string().nullable(),
  test: z.boolean(),
  sourceName: z.string().nullable(),
  taxesIncluded: z.boolean(),
  checkoutToken: z.string().nullable(),
  customAttributes: z.array(z.object({ key: z.string(), value: z.string().nullable() })),
  customerJourneySummary: z.object({ lastVisit: visit }).nullable(),
  currentSubtotalPriceSet: money,
  currentTotalTaxSet: money,
  totalTipReceivedSet: money,
  discountApplications: z.object({
    nodes: z.array(z.object({ index: z.number().int(), code: z.string().optional() })),
  }),
  lineItems: z.object({ nodes: z.array(lineItem), pageInfo }),
  refunds: z.array(node),
});
export const refundNode = z.object({
  id: z.string(),
  createdAt: anyInstant.nullable(),
  updatedAt: anyInstant,
  refundLineItems: z.object({
    nodes: z.array(
      z.object({
        quantity: z.number().int(),
        subtotalSet: money,
        totalTaxSet: money,
        lineItem: node,
      }),
    ),
    pageInfo,
  }),
  orderAdjustments: z.object({
    nodes: z.array(
      z.object({ reason: z.string().nullable(), amountSet: money, taxAmountSet: money }),
    ),
  }),
  refundShippingLines: z.object({ nodes: z.array(z.object({ subtotalAmountSet: money })) }),
});

export type OrderNode = z.infer<typeof orderNode>;
export type LineItemNode = z.infer<typeof lineItem>;
export type RefundNode = z.infer<typeof refundNode>;
export type RefundLineNode = RefundNode["refundLineItems"]["nodes"][number];

/** What an order's node doesn't say by itself. */
interface MoreOfOrder {
  refunds: Refund[];
  /** Ids of the lines that are tips. */
  tips: ReadonlySet<string>;
  /** The shop's own name of a click id. */
  clickParameter?: string | null;
}

/**
 * Admin GraphQL's order with all its lines and refunds → the facts its webhook would have told,
 * except the e-mail, which is never asked for. Throws AmountError where an amount can't be read.
 */
export function readOrderNode(
  order: OrderNode,
  lines: readonly LineItemNode[],
  { refunds, tips, clickParameter = null }: MoreOfOrder,
): OrderFacts {
  const orderId = legacyId(order.id);
  if (!isOrderId(orderId)) throw new Error(`Shopify's order has the id ${order.id}`);
  const minor = inMinorUnits(order.currencyCode);
  const typed = order.discountApplications.nodes.flatMap(({ code, index }) =>
    code ? [{ code, application: index }] : [],
  );
  const allocations = lines.flatMap((line) => line.discountAllocations);
  return withExactAmounts({
    orderId,
    name: order.name,
    currency: order.currencyCode,
    placedAt: order.createdAt,
    updatedAt: order.updatedAt,
    cancelledAt: order.cancelledAt,
    cancelReason: order.cancelReason?.toLowerCase() ?? null,
    financialStatus: statusOf(order.displayFinancialStatus),
    test: order.test,
    sourceName: order.sourceName ?? "",
    typedCodes: typed.map(({ code }) => code),
    clicks: nodeClicks(order, clickParameter),
    checkoutHash: order.checkoutToken === null ? null : checkoutHash(order.checkoutToken),
    taxesIncluded: order.taxesIncluded,
    tookMinor: tookMinor(
      typed,
      allocations.map(({ discountApplication, allocatedAmountSet }) => ({
        application: discountApplication.index,
        minor: minor(allocatedAmountSet.shopMoney.amount),
      })),
    ),
    lines: lines.map((line) => toLine(line, tips.has(line.id), minor)),
    current: currentTotals(
      order.currencyCode,
      order.currentSubtotalPriceSet.shopMoney.amount,
      order.currentTotalTaxSet.shopMoney.amount,
    ),
    refunds,
    emailSha1: null,
  });
}

/** The last visit's landing page is what a webhook calls landing_site (Admin GraphQL: landingPageUrl). */
function nodeClicks(
  { customAttributes, customerJourneySummary: journey }: OrderNode,
  clickParameter: string | null,
): ToldClick[] {
  const attributes = customAttributes.map(({ key: name, value }) => ({ name, value: value ?? "" }));
  const landings = landingClicks(journey?.lastVisit?.landingPage ?? null, clickParameter);
  return gatherClicks([...cartClicks(attributes), ...landings]);
}

/** Amounts in minor units of the shop's currency. Throws AmountError like `readOrderNode`. */
export function readRefundNode(
  refund: RefundNode,
  lines: readonly RefundLineNode[],
  currency: string,
): Refund {
  const minor = inMinorUnits(currency);
  return {
    refundId: legacyId(refund.id),
    createdAt: refund.createdAt ?? refund.updatedAt,
    updatedAt: refund.updatedAt,
    lines: lines.map((line) => ({
      lineId: legacyId(line.lineItem.id),
      quantity: line.quantity,
      subtotalMinor: minor(line.subtotalSet.shopMoney.amount),
      taxMinor: minor(line.totalTaxSet.shopMoney.amount),
    })),
    adjustmentMinor: adjustmentMinor(refund, minor),
  };
}

/**
 * Whether GraphQL lists the refund of shipping among the adjustments, as REST does, is uncertain.
 * No reason exists for it, so one without a reason that gives back just the shipping is left out.
 */
function adjustmentMinor(refund: RefundNode, minor: (text: string) => number): number {
  const shipping = refund.refundShippingLines.nodes.reduce(
    (sum, { subtotalAmountSet }) => sum + minor(subtotalAmountSet.shopMoney.amount),
    0,
  );
  return refund.orderAdjustments.nodes
    .map(({ reason, amountSet, taxAmountSet }) => ({
      reason,
      adjusted: minor(amountSet.shopMoney.amount),
      tax: minor(taxAmountSet.shopMoney.amount),
    }))
    .filter(({ reason, adjusted }) => reason !== null || shipping === 0 || adjusted !== -shipping)
    .reduce((sum, { adjusted, tax }) => sum + adjusted + tax, 0);
}

function toLine(line: LineItemNode, tip: boolean, minor: (text: string) => number): OrderLine {
  const sum = (sets: z.infer<typeof money>[]) =>
    sets.reduce((total, { shopMoney }) => total + minor(shopMoney.amount), 0);
  return {
    lineId: legacyId(line.id),
    sku: line.sku,
    variantId: line.variant && legacyId(line.variant.id),
    title: line.title,
    vendor: line.vendor,
    quantity: line.quantity,
    currentQuantity: line.currentQuantity,
    giftCard: line.isGiftCard,
    tip,
    grossMinor: minor(line.originalUnitPriceSet.shopMoney.amount) * line.quantity,
    discountMinor: sum(line.discountAllocations.map((one) => one.allocatedAmountSet)),
    taxMinor: sum(line.taxLines.map((tax) => tax.priceSet)),
  };
}

export function statusOf(displayed: string | null): FinancialStatus | null {
  return financialStatus.safeParse(displayed?.toLowerCase()).data ?? null;
}

/** gid://shopify/Order/123 → 123, as webhooks name it. */
export function legacyId(gid: string): string {
  return gid.slice(gid.lastIndexOf("/") + 1);
}
