import { expect, test } from "vitest";
import { isSignedByShopify } from "#app/adapters/shopify/verify-webhook.ts";
import { signWebhook } from "#test/sandbox/shopify/webhooks/sign-webhook.ts";

const SECRET = "shpss_secret";
const BODY = '{"id":1,"note":"Zoë 🍵"}';
const bytes = (text: string) => new TextEncoder().encode(text);
const signature = signWebhook(BODY, SECRET);

test("a body with Shopify's signature over its very bytes is genuine", () => {
  expect(isSignedByShopify(bytes(BODY), signature, SECRET)).toBe(true);
  expect(isSignedByShopify(bytes(""), signWebhook("", SECRET), SECRET)).toBe(true);
});

test.each([
  ["no signature", BODY, null],
  ["an empty signature", BODY, ""],
  ["a signature that is no base64", BODY, "€€€"],
  ["half a signature", BODY, signature.slice(0, 20)],
  ["a longer signature", BODY, `${signature.slice(0, -1)}AAAA`],
  ["another secret's signature", BODY, signWebhook(BODY, "other")],
  ["a body with one byte more", `${BODY} `, signature],
  ["a body with one byte changed", BODY.replace("1", "2"), signature],
])("%s is forged", (_what, body, given) => {
  expect(isSignedByShopify(bytes(body), given, SECRET)).toBe(false);
});
