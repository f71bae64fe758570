import type { OrderCurrencies } from "./orders/money-set.ts";

/** What the Shopify stand-in knows: every part of it reads and writes this one state. */

export type PlanName = "standard" | "advanced" | "plus" | "enterprise";

export interface Variant {
  id: string;
  title: string;
  sku: string | null;
  /** In the shop currency's minor units. */
  price: number;
}

export interface Product {
  id: string;
  title: string;
  vendor: string;
  productType: string;
  /** A gift card: never discounted, taxed or shipped. */
  giftCard: boolean;
  variants: Variant[];
}

export interface RedeemCode {
  /** gid://shopify/DiscountRedeemCode/… */
  id: string;
  /** As it was sent; a store compares codes without regard to case. */
  code: string;
  discountId: string;
  timesUsed: number;
  /** Customer e-mails that used it, for "once per customer". */
  usedBy: string[];
}

export type BasicDiscountValue =
  { kind: "percentage"; fraction: number } | { kind: "amount"; minor: number; onEachItem: boolean };

export type DiscountValue =
  | BasicDiscountValue
  /** Shipping that costs more than `mostMinor` is not made free. */
  | { kind: "free-shipping"; mostMinor?: number | null; countries?: string[] };

/** What a discount is taken off, by bare ids. */
export interface EntitledItems {
  kind: "products" | "collections";
  ids: string[];
  /** Single variants beside whole products; only staff chooses them, and no checkout knows them. */
  variantIds?: string[];
}

export interface Collection {
  id: string;
  title: string;
  productIds: string[];
}

/** Shopify works out who is in a segment; here it is a list. */
export interface Segment {
  id: string;
  name: string;
  emails: string[];
}

export interface Discount {
  /** gid://shopify/DiscountCodeNode/… */
  id: string;
  title: string;
  value: DiscountValue;
  startsAt: Date;
  endsAt: Date | null;
  usageLimit: number | null;
  oncePerCustomer: boolean;
  minimum: { kind: "subtotal"; minor: number } | { kind: "quantity"; quantity: number } | null;
  combinesWith: { order: boolean; product: boolean; shipping: boolean };
  /** Absent or null: all items. */
  items?: EntitledItems | null;
  /** Bare ids of segments; absent or null: all customers. */
  segments?: string[] | null;
  /** Absent: one-time purchases alone, as Shopify has it unless told. */
  purchases?: { oneTime: boolean; subscription: boolean };
  /** Payments of a subscription; 0 is all. */
  cycleLimit?: number | null;
  tags: string[];
  createdAt: Date;
  updatedAt: Date;
}

export interface BulkCreation {
  /** gid://shopify/DiscountRedeemCodeBulkCreation/… */
  id: string;
  discountId: string;
  createdAt: Date;
  /** One row for each code asked for; `errors` says why a code was not made. */
  rows: {
    code: string;
    redeemCodeId: string | null;
    errors: { code: string; message: string }[];
  }[];
  done: boolean;
}

export interface Bucket {
  available: number;
  filledAt: Date;
}

export interface Installation {
  /** Scopes granted: those of shopify.app.toml, and optional ones the merchant allowed. */
  scopes: string[];
  /** Live offline tokens: access token → expiry. */
  accessTokens: Map<string, { expiresAt: Date; scopes: string[] }>;
  refreshTokens: Map<string, { expiresAt: Date; used: boolean }>;
  bucket: Bucket;
}

/** What was taken from a line by refunds and edits; the money after discounts, as `subtotal` says it. */
export interface LineTaken {
  quantity: number;
  subtotalMinor: number;
  taxMinor: number;
}

/** The money behind an order, in minor units of the shop currency. */
export interface OrderBooks {
  currencies: OrderCurrencies;
  taxRate: number;
  receivedMinor: number;
  refundedMinor: number;
  shippingRefundedMinor: number;
  /** Signed as Shopify signs it: negative was given back beyond the lines, positive kept back. */
  discrepancyMinor: number;
  /** By line id. */
  taken: Map<string, LineTaken>;
}

/** An order holds its own webhook payload (the REST shape of `orders/*`), ids as digit strings. */
export interface StoredOrder {
  id: string;
  name: string;
  createdAt: Date;
  updatedAt: Date;
  /** Position in this customer's orders, from 0; null for a guest nobody can tell apart. */
  customerOrderIndex: number | null;
  payload: Record<string, unknown>;
  /** Absent on an order that a test wrote by hand: it can be read, but has no life. */
  books?: OrderBooks;
}

export interface ClickEmbed {
  days: number;
  parameter: string;
}

export interface WebPixel {
  /** gid://shopify/WebPixel/… */
  id: string;
  settings: Record<string, string>;
}

export interface Shop {
  id: string;
  /** demo-store.myshopify.com */
  domain: string;
  /** The primary domain, where customers shop: the one above until the shop has one of its own. */
  host: string;
  name: string;
  currency: string;
  ianaTimezone: string;
  plan: PlanName;
  products: Product[];
  collections: Collection[];
  segments: Segment[];
  discounts: Map<string, Discount>;
  /** Keyed by the upper-cased code. */
  codes: Map<string, RedeemCode>;
  /** What a search may still find of them. */
  removedCodes: RedeemCode[];
  bulkCreations: Map<string, BulkCreation>;
  /** In order of creation. */
  orders: StoredOrder[];
  installation: Installation | null;
  /** Optional scopes the merchant has granted. */
  grantedScopes: string[];
  /** The app embed's settings as the merchant saved them in the theme editor; null: it is off. */
  clickEmbed: ClickEmbed | null;
  /** How its Admin API turns every call away, until the merchant pays or reopens; null: it is open. */
  closedAs: 402 | 403 | 423 | "SHOP_INACTIVE" | null;
  /** The app's web pixel, once the app has activated it. */
  webPixel: WebPixel | null;
}

export interface SandboxClock {
  now(): Date;
}

export interface ShopifyState {
  clock: SandboxClock;
  /** The app's client id and secret, as the Partner dashboard would hold them. */
  apiKey: string;
  apiSecret: string;
  /** Scopes from shopify.app.toml, granted at install (Shopify managed installation). */
  scopes: string[];
  /** `optional_scopes` there: the app may ask the merchant for them. */
  optionalScopes: string[];
  shops: Map<string, Shop>;
  nextId: bigint;
  /** Whether what an edit removes also stands in `refunds`: not documented for sure. */
  editsAppearAsRefunds: boolean;
  /** How long after an order its customerJourneySummary stays unready. */
  historyReadyAfterMs: number;
}

/** Ids pass 2^53, as real ones do: whoever reads them as numbers loses digits at once. */
export function takeId(state: ShopifyState): string {
  state.nextId += 1n;
  return state.nextId.toString();
}
