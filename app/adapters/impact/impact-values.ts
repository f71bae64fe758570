import { z } from "zod";
import { currencyDigits, parseMoney } from "#app/core/money.ts";

/** Ids come as strings or numbers, empty ones as "" (reference/impact.md, section 1). */
export const id = z.union([z.string(), z.number()]).transform(String);

export const optionalText = z
  .union([z.string(), z.number(), z.null()])
  .optional()
  .transform((value) =>
    value === null || value === undefined || value === "" ? null : `${value}`,
  );

export const optionalDate = optionalText.transform((text) => {
  if (text === null) return null;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date;
});

export const flag = z
  .union([z.boolean(), z.string()])
  .optional()
  .transform((value) => value === true || value === "true");

/** "@numpages" and the like are strings of digits. */
export const count = z
  .union([z.string(), z.number()])
  .optional()
  .transform((value) => Number(value ?? 1) || 1);

/** The id is the last part of the uri. */
export const idFromUri = z.string().transform((uri) => uri.split("/").at(-1) ?? "");

/** An instant as impact.com's examples write it: whole seconds and an offset. */
export function toImpactDate(at: Date): string {
  return at.toISOString().replace(/\.\d{3}Z$/, "+00:00");
}

/** A stated amount in minor units; what is finer than the currency is rounded. Null: none can be read. */
export function minorOf(text: string | null, currency: string | null): number | null {
  if (text === null || currency === null) return null;
  const exact = parseMoney(text, currency);
  if (exact.ok) return exact.value.minor;
  const minor = Math.round(Number(text) * 10 ** currencyDigits(currency));
  return Number.isSafeInteger(minor) ? minor : null;
}
