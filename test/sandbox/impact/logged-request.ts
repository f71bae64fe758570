import type { Violation } from "./api/violation.ts";

/** One request as it came in; the credentials are left out. */
export interface LoggedRequest {
  at: Date;
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: string;
  form: URLSearchParams;
  /** In what it differs from the published API, also when a fault kept it from being handled. */
  violations: Violation[];
  /** What was answered, or that the connection was dropped; null while it is being handled. */
  outcome: number | "hung up before accepting" | "hung up after accepting" | null;
}
