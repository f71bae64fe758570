import { createHmac, timingSafeEqual } from "node:crypto";

/** Whether Shopify signed these very bytes (base64 HMAC-SHA256), compared in constant time. */
export function isSignedByShopify(
  rawBody: Uint8Array,
  signature: string | null,
  secret: string,
): boolean {
  if (!signature) return false;
  const expected = createHmac("sha256", secret).update(rawBody).digest();
  const given = Buffer.from(signature, "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
