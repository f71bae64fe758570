/** For `node --import`, in demo and tests: the app's Shopify calls go to SANDBOX_SHOPIFY_URL. */
import { redirectShopifyTo } from "#test/sandbox/shopify/admin/redirect-shopify-to.ts";

const standInUrl = process.env["SANDBOX_SHOPIFY_URL"];
if (!standInUrl) throw new Error("Set SANDBOX_SHOPIFY_URL to the Shopify stand-in's address.");
redirectShopifyTo(standInUrl);
