const ID_KEY = /^id$|_id$/;
const DIGITS = /^\d+$/;

/**
 * The JSON that goes over the wire: ids held as digit strings become bare integers, as Shopify
 * sends them, with every digit beyond 2^53 in place.
 */
export function orderJson(value: unknown, key = ""): string {
  if (Array.isArray(value)) return `[${value.map((item) => orderJson(item)).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => `${JSON.stringify(name)}:${orderJson(member, name)}`);
    return `{${members.join(",")}}`;
  }
  if (typeof value === "string" && ID_KEY.test(key) && DIGITS.test(value)) return value;
  return JSON.stringify(value);
}
