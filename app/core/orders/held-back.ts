/** What an order says that waits since Shopify refuses the app, which it needs to ask what is sold. */
export const ACCESS_DENIED =
  "Shopify doesn't let the app in. Open the app in Shopify admin once to renew its access.";

/** What it says while the merchant's bill is unpaid, or Shopify has closed the shop. */
export const SHOP_CLOSED =
  "Shopify has frozen, locked or closed the shop. Pay what is due or reopen it in Shopify; it goes on by itself then.";

/** Both need the merchant, and nobody else can end them. */
export const HELD_BACK = [ACCESS_DENIED, SHOP_CLOSED];

/** Refusals of a day or two pass by themselves, as when the merchant opens the app. */
const PASSES_WITHIN_MS = 3 * 86_400_000;

/** Orders that Shopify's refusal holds back since then, or longer, need the merchant. */
export function heldSince(now: Date): Date {
  return new Date(now.getTime() - PASSES_WITHIN_MS);
}
