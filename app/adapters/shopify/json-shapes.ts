import { z } from "zod";

/**
 * Shapes of what Shopify sends, for payloads that are read in the webhook's path: zod takes as long over
 * an order as all the rest of its reading. What a shape does not name is never looked at.
 */
export type Shape<T> = (value: unknown, places: Places) => T;
export type Shaped<S> = S extends Shape<infer T> ? T : never;

/** Where the reading is, and where it has met something missing or wrong. */
interface Places {
  path: (string | number)[];
  wrong: string[];
}

/** The value in its shape, or the places where it is missing or wrong, each once, as `line_items.0.id`. */
export function readShape<T>(
  shape: Shape<T>,
  json: unknown,
): { ok: true; value: T } | { ok: false; wrong: string[] } {
  const places: Places = { path: [], wrong: [] };
  const value = shape(json, places);
  if (places.wrong.length === 0) return { ok: true, value };
  return { ok: false, wrong: [...new Set(places.wrong)] };
}

/** What is given back in place of it is never used. */
function refuse(places: Places): never {
  places.wrong.push(places.path.join(".") || "body");
  return undefined as never;
}

export const text: Shape<string> = (value, places) =>
  typeof value === "string" ? value : refuse(places);

export const flag: Shape<boolean> = (value, places) =>
  typeof value === "boolean" ? value : refuse(places);

/** Whether the field is there at all, null or not. */
export const present: Shape<boolean> = (value) => value !== undefined;

export const whole: Shape<number> = (value, places) =>
  Number.isSafeInteger(value) ? (value as number) : refuse(places);

/** Numeric ids come as JSON numbers or as strings. */
export const digits: Shape<string> = (value, places) => {
  if (typeof value === "string") return value;
  return Number.isFinite(value) ? String(value) : refuse(places);
};

const THREE = /^.{3}$/su;

/** As many letters as ISO 4217 has. */
export const currencyCode: Shape<string> = (value, places) =>
  typeof value === "string" && THREE.test(value) ? value : refuse(places);

const INSTANT = z.regexes.datetime({ offset: true });

export const instant: Shape<Date> = (value, places) =>
  typeof value === "string" && INSTANT.test(value) ? new Date(value) : refuse(places);

export function maybe<T>(shape: Shape<T>): Shape<T | null> {
  return (value, places) => (value === null || value === undefined ? null : shape(value, places));
}

/** Null where the value is of another shape: it can be done without. */
export function ifReadable<T>(shape: Shape<T>): Shape<T | null> {
  return (value, places) => {
    const before = places.wrong.length;
    const read = shape(value, places);
    if (places.wrong.length === before) return read;
    places.wrong.length = before;
    return null;
  };
}

export function listOf<T>(shape: Shape<T>): Shape<T[]> {
  return (value, places) => {
    if (!Array.isArray(value)) return refuse(places);
    return value.map((item: unknown, index) => readAt(places, index, shape, item));
  };
}

type Fields = Record<string, Shape<unknown>>;

export function fields<F extends Fields>(shapes: F): Shape<{ [Name in keyof F]: Shaped<F[Name]> }> {
  const entries = Object.entries(shapes);
  return (value, places) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return refuse(places);
    const read: Record<string, unknown> = {};
    for (const [name, shape] of entries) {
      read[name] = readAt(places, name, shape, (value as Record<string, unknown>)[name]);
    }
    return read as { [Name in keyof F]: Shaped<F[Name]> };
  };
}

function readAt<T>(places: Places, at: string | number, shape: Shape<T>, value: unknown): T {
  places.path.push(at);
  const read = shape(value, places);
  places.path.pop();
  return read;
}
