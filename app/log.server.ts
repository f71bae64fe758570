import { pino, type Logger } from "pino";

export type { Logger };

/** Structured logs. Paths that could hold a secret or a customer are cut out wherever they stand. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    redact: {
      paths: ["authToken", "accessToken", "refreshToken", "*.authToken", "*.accessToken", "email"],
      remove: true,
    },
  });
}
