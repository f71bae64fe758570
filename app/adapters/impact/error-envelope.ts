import { z } from "zod";

/**
 * impact.com writes its error envelope in two casings ({Message, Errors:[{Field,Message}]} and
 * {errors:[{field,message}]}, reference/impact.md section 1): keys are compared in lower case.
 */
const envelope = z.object({
  status: z.string(),
  message: z.string().optional(),
  errors: z
    .array(z.preprocess(lowerKeys, z.object({ field: z.string().optional(), message: z.string() })))
    .optional(),
});

/** What an error answer says, or null where the body is no error. */
export function readErrorMessage(body: unknown): string | null {
  const lowered = lowerKeys(body);
  // Most answers have no status at all.
  if (typeof lowered !== "object" || lowered === null || !("status" in lowered)) return null;
  const parsed = envelope.safeParse(lowered);
  if (!parsed.success || parsed.data.status.toUpperCase() !== "ERROR") return null;
  const { message, errors = [] } = parsed.data;
  const details = errors.map((error) =>
    error.field ? `${error.field}: ${error.message}` : error.message,
  );
  return [message, ...details].filter(Boolean).join(". ") || "No reason was given";
}

function lowerKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.toLowerCase(), inner]),
  );
}
