import { pino, type DestinationStream, type Logger } from "pino";

export type { Logger };

/** Whatever else a cause may quote: a customer's address or its hash, and every kind of credential. */
const NEVER_LOGGED: [pattern: RegExp, instead: string][] = [
  [/[^\s"'<>@:;,()[\]{}]+@[\w-]+(\.[\w-]+)+/g, "[e-mail]"],
  [/\b[0-9a-f]{40}\b/gi, "[hash]"],
  [/\bshp[a-z]{2}_[\w-]+/g, "[token]"],
  [/\b(Basic|Bearer)\s+[\w.~+/=-]+/gi, "$1 [token]"],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, "[token]"],
  [/(postgres(?:ql)?:\/\/[^\s:/@]+:)[^\s@]+@/g, "$1[password]@"],
];

function cleanText(text: string): string {
  return NEVER_LOGGED.reduce(
    (cleaned, [pattern, instead]) => cleaned.replace(pattern, instead),
    text,
  );
}

/**
 * Structured logs, on standard output unless told otherwise. Names that could hold a secret or a
 * customer are cut out wherever they stand, and what looks like one is blotted out of every line.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    redact: {
      paths: REDACTED.flatMap((name) => [name, `*.${name}`, `*[*].${name}`]),
      remove: true,
    },
    hooks: { streamWrite: cleanText },
  };
  return destination ? pino(options, destination) : pino(options);
}

const REDACTED = ["authToken", "accessToken", "refreshToken", "email", "emailSha1", "customer"];
