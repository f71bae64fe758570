import { takeId } from "#test/sandbox/shopify/state.ts";
import type {
  Collection,
  PlanName,
  Product,
  SandboxClock,
  Segment,
  Shop,
  ShopifyState,
} from "#test/sandbox/shopify/state.ts";

interface StateOptions {
  apiKey: string;
  apiSecret: string;
  scopes: string[];
  optionalScopes?: string[];
  clock: SandboxClock;
  firstId?: bigint;
}

export interface ProductInput {
  title: string;
  vendor?: string;
  productType: string;
  giftCard?: boolean;
  /** `price` in the shop currency's minor units. */
  variants: { title?: string; sku: string | null; price: number }[];
}

export interface ShopInput {
  domain: string;
  host?: string;
  name: string;
  currency: string;
  ianaTimezone: string;
  plan: PlanName;
  products: ProductInput[];
}

const FIRST_ID = 2n ** 53n + 1_000n;

export function createShopifyState(options: StateOptions): ShopifyState {
  return {
    clock: options.clock,
    apiKey: options.apiKey,
    apiSecret: options.apiSecret,
    scopes: options.scopes,
    optionalScopes: options.optionalScopes ?? [],
    shops: new Map(),
    nextId: options.firstId ?? FIRST_ID,
    editsAppearAsRefunds: true,
    historyReadyAfterMs: 0,
  };
}

function newProduct(state: ShopifyState, shop: Pick<Shop, "name">, product: ProductInput): Product {
  return {
    id: takeId(state),
    title: product.title,
    vendor: product.vendor ?? shop.name,
    productType: product.productType,
    giftCard: product.giftCard ?? false,
    variants: product.variants.map((variant) => ({
      id: takeId(state),
      title: variant.title ?? "Default Title",
      sku: variant.sku,
      price: variant.price,
    })),
  };
}

/** Puts one more product on sale. */
export function addProduct(state: ShopifyState, shop: Shop, input: ProductInput): Product {
  const product = newProduct(state, shop, input);
  shop.products.push(product);
  return product;
}

/** A collection of these products. */
export function addCollection(
  state: ShopifyState,
  shop: Shop,
  { title, products }: { title: string; products: readonly Product[] },
): Collection {
  const collection = { id: takeId(state), title, productIds: products.map(({ id }) => id) };
  shop.collections.push(collection);
  return collection;
}

/** A customer segment with these customers in it. */
export function addSegment(
  state: ShopifyState,
  shop: Shop,
  { name, emails }: { name: string; emails: string[] },
): Segment {
  const segment = { id: takeId(state), name, emails };
  shop.segments.push(segment);
  return segment;
}

/** A shop that has not installed the app yet: token exchange installs it. */
export function addShop(state: ShopifyState, input: ShopInput): Shop {
  const shop: Shop = {
    id: takeId(state),
    domain: input.domain,
    host: input.host ?? input.domain,
    name: input.name,
    currency: input.currency,
    ianaTimezone: input.ianaTimezone,
    plan: input.plan,
    products: input.products.map((product) => newProduct(state, input, product)),
    collections: [],
    segments: [],
    discounts: new Map(),
    codes: new Map(),
    removedCodes: [],
    bulkCreations: new Map(),
    orders: [],
    installation: null,
    grantedScopes: [],
    clickEmbed: null,
    closedAs: null,
    webPixel: null,
  };
  state.shops.set(shop.domain, shop);
  return shop;
}
