import { Agent, request } from "undici";

export interface HttpRequest {
  method: "GET" | "POST" | "PUT" | "DELETE";
  url: string;
  headers: Record<string, string>;
  body?: string;
}

export interface HttpAnswer {
  status: number;
  headers: Pick<Headers, "get">;
  text: string;
}

export type SendHttp = (request: HttpRequest) => Promise<HttpAnswer>;

/**
 * Sends requests over connections that are kept open, for half of what fetch takes; one by one on each.
 * Rejects where no whole answer comes within `timeoutMs`, and on a redirect: none is followed.
 */
export function createSendHttp({ timeoutMs }: { timeoutMs: number }): SendHttp {
  const dispatcher = new Agent({ keepAliveTimeout: IDLE_MS, keepAliveMaxTimeout: IDLE_MS });
  return async ({ url, ...asked }) => {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new Error("no answer in time")), timeoutMs);
    try {
      const answer = await request(url, { ...asked, dispatcher, signal: late.signal });
      const { statusCode: status, headers, body } = answer;
      const text = await body.text();
      if (REDIRECTS.has(status)) throw new Error("unexpected redirect");
      return { status, headers: { get: (name) => headerOf(headers[name]) }, text };
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Shorter than servers wait: a request on a connection that is just being closed there is lost. */
const IDLE_MS = 1_000;

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

function headerOf(value: string | string[] | undefined): string | null {
  return Array.isArray(value) ? value.join(", ") : (value ?? null);
}
