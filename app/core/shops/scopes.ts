/** What the app can't do without, and what each is for, in a merchant's words. */
const REQUIRED = {
  read_orders: "read orders",
  read_products: "read products",
  write_discounts: "make and change discounts",
  write_pixels: "run its checkout pixel",
  read_customer_events: "learn of clicks at checkout",
} as const;

export const REQUIRED_SCOPES = Object.keys(REQUIRED);

/** Shopify shows the app orders of any age. */
export function seesAllOrders(scopes: readonly string[]): boolean {
  return scopes.includes("read_all_orders");
}

/** What the app needs and Shopify does not let it do. */
export function missingPowers(scopes: readonly string[]): string[] {
  return Object.entries(REQUIRED).flatMap(([scope, power]) =>
    scopes.includes(scope) || scopes.includes(scope.replace(/^read_/, "write_")) ? [] : [power],
  );
}
