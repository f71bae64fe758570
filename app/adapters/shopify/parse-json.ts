type SourceReviver = (key: string, value: unknown, context: { source?: string }) => unknown;

/**
 * JSON.parse that keeps whole numbers beyond 2^53 as the digits that were sent: Shopify's ids are
 * such numbers. Throws SyntaxError like JSON.parse.
 */
export function parseJson(text: string): unknown {
  const mayHoldLongNumber = /\d{16}/.test(text);
  if (!mayHoldLongNumber) return JSON.parse(text);
  const keepDigits: SourceReviver = (_key, value, { source }) =>
    typeof value === "number" && source && !Number.isSafeInteger(value) && /^\d+$/.test(source)
      ? source
      : value;
  return JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown);
}
