import type { Rules } from "../rules.ts";

/** Empty values are "" and not null; numbers and booleans are strings in every real example. */
export function json(value: unknown, scalars: Rules["scalars"]): string {
  if (value === null || value === undefined) return '""';
  if (value instanceof Date) return `"${inAccountTime(value)}"`;
  if (Array.isArray(value)) return `[${value.map((entry) => json(entry, scalars)).join(",")}]`;
  if (typeof value === "object")
    return Object.isFrozen(value) ? once(value, scalars) : members(value, scalars);
  return JSON.stringify(scalars === "strings" ? String(value) : value);
}

// Joined and not added up: a text of one piece is copied much faster into a long list.
function members(value: object, scalars: Rules["scalars"]): string {
  const pieces = ["{"];
  for (const [key, entry] of Object.entries(value))
    pieces.push(pieces.length > 1 ? "," : "", JSON.stringify(key), ":", json(entry, scalars));
  pieces.push("}");
  return pieces.join("");
}

const texts = { strings: new WeakMap<object, string>(), typed: new WeakMap<object, string>() };

/** A frozen object is written the same every time: the rows of a long list. */
function once(value: object, scalars: Rules["scalars"]): string {
  const known = texts[scalars].get(value);
  if (known !== undefined) return known;
  const written = members(value, scalars);
  texts[scalars].set(value, written);
  return written;
}

/** As in the examples, in the account's time zone: "2020-09-10T10:42:38-08:00". */
function inAccountTime(date: Date): string {
  const shifted = new Date(date.getTime() - 8 * 60 * 60 * 1000);
  return `${shifted.toISOString().slice(0, 19)}-08:00`;
}

export function xml(body: Record<string, unknown>): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<ImpactRadiusResponse>${elements(body)}</ImpactRadiusResponse>`;
}

function elements(body: object): string {
  const entries: [string, unknown][] = Object.entries(body);
  return entries
    .map(([name, value]) => {
      const inner =
        typeof value === "object" && value !== null ? elements(value) : escape(String(value));
      return `<${name}>${inner}</${name}>`;
    })
    .join("");
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
