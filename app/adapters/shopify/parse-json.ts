type SourceReviver = (key: string, value: unknown, context?: { source?: string }) => unknown;

/**
 * JSON.parse that keeps whole numbers beyond 2^53 as the digits that were sent: Shopify's ids are
 * such numbers. Throws SyntaxError like JSON.parse, and an Error where Node is too old to keep them.
 */
export function parseJson(text: string): unknown {
  const mayHoldLongNumber = /\d{16}/.test(text);
  if (!mayHoldLongNumber) return JSON.parse(text);
  const keepDigits: SourceReviver = (_key, value, context) => {
    if (!context) throw new Error("JSON.parse names no source texts here: run Node 22 or newer.");
    const { source } = context;
    if (typeof value !== "number" || Number.isSafeInteger(value) || !source) return value;
    return /^\d+$/.test(source) ? source : value;
  };
  return JSON.parse(text, keepDigits);
}
