import { z } from "zod";

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
