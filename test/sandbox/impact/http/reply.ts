export interface Reply {
  status: number;
  /** Rendered as JSON, or as XML where JSON was not asked for. */
  body: Record<string, unknown>;
  headers?: Record<string, string>;
  /** Sent instead of the body: what a gateway before impact.com would say. */
  html?: string;
}

export interface FieldError {
  field: string;
  message: string;
}

export function ok(body: Record<string, unknown>): Reply {
  return { status: 200, body };
}

/** The envelope of every endpoint but Conversions (impact.md §1). */
export function refusal(status: number, message: string, errors: FieldError[] = []): Reply {
  const listed = errors.map((error) => ({ Field: error.field, Message: error.message }));
  const optional = listed.length > 0 ? { Errors: listed } : {};
  return { status, body: { Status: "ERROR", Message: message, ...optional } };
}

/** Conversions' own 400, described with lower-case keys in v14. */
export function conversionRefusal(errors: FieldError[]): Reply {
  const listed = errors.map(({ field, message }) => ({ field, level: "ERROR", message }));
  return { status: 400, body: { Status: "ERROR", errors: listed } };
}

export function notFound(what: string): Reply {
  return refusal(404, `${what} was not found`);
}
