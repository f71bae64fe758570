import { log } from "./db.server.ts";

/** For a route that answers an outage with a sentence of its own: the cause stands in the log. */
export function logError(message: string, error: unknown): void {
  log.error({ error: String(error) }, message);
}
