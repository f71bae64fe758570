interface Completed {
  token?: string | null;
  order?: { id?: string | null } | null;
  attributes?: { key: string; value: string }[];
}

/** What the app is told of a click: whose checkout it was, and nothing of the customer. */
export interface ToldClick {
  shop: string;
  checkoutToken: string;
  /** Digits; null where Shopify has not made the order yet. */
  orderId: string | null;
  clickId: string;
  /** Seconds since 1970. */
  seen: number;
}

/** Null where there is no click, or where the cart has carried it to the order already. */
export function tellClick(given: {
  cookie: string;
  shop: string;
  checkout: Completed;
}): ToldClick | null {
  const { token, order, attributes = [] } = given.checkout;
  const [, seen, clickId] = /^(\d{1,11})\.(.{1,64})$/.exec(given.cookie) ?? [];
  if (!clickId || !token) return null;
  if (attributes.some(({ key, value }) => key === "irclickid" && value === clickId)) return null;
  const [orderId = null] = /\d+$/.exec(order?.id ?? "") ?? [];
  return { shop: given.shop, checkoutToken: token, orderId, clickId, seen: Number(seen) };
}
