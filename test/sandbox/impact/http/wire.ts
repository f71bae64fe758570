import type { Rules } from "../rules.ts";

/** Empty values are "" and not null; numbers and booleans are strings in every real example. */
export function wire(value: unknown, scalars: Rules["scalars"]): unknown {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return inAccountTime(value);
  if (Array.isArray(value)) return value.map((entry) => wire(entry, scalars));
  if (typeof value === "object")
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, wire(entry, scalars)]),
    );
  return scalars === "strings" ? String(value) : value;
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
