import { createServer, request as httpRequest } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from "node:http";
import { replaceInStream } from "./replace-in-stream.ts";

const APP_BRIDGE = "https://cdn.shopify.com/shopifycloud/app-bridge.js";

export interface TunnelOptions {
  /** Where the app listens. Asked for each request, as the app starts after its tunnel. */
  target: () => string;
  frameOrigin: string;
}

/**
 * The public address of an app in development, as Shopify CLI's tunnel is. It changes two things
 * only: pages load the App Bridge stand-in, and may be framed by the admin stand-in too.
 */
export function createAppTunnel(options: TunnelOptions): Server {
  return createServer((incoming, outgoing) => {
    const { host } = incoming.headers;
    const proxied = httpRequest(
      new URL(incoming.url ?? "/", options.target()),
      {
        method: incoming.method ?? "GET",
        headers: {
          ...incoming.headers,
          // Compressed pages could not be rewritten.
          "accept-encoding": "identity",
          "x-forwarded-host": host,
          "x-forwarded-proto": "http",
        },
        setHost: false,
        // A kept connection could be one that a restarted app no longer knows.
        agent: false,
      },
      (response) => answer(response, outgoing, options),
    );
    proxied.on("error", () => refuse(outgoing, options.target()));
    outgoing.on("close", () => proxied.destroy());
    incoming.pipe(proxied);
  });
}

function answer(response: IncomingMessage, outgoing: ServerResponse, options: TunnelOptions): void {
  const bridge = `${options.frameOrigin}/app-bridge.js`;
  const headers = framedHeaders(response.headers, bridge, options.frameOrigin);
  const isPage = headers["content-type"]?.startsWith("text/html") ?? false;
  if (isPage) delete headers["content-length"];
  outgoing.writeHead(response.statusCode ?? 502, headers);
  if (isPage) response.pipe(replaceInStream(APP_BRIDGE, bridge)).pipe(outgoing);
  else response.pipe(outgoing);
}

function framedHeaders(
  original: IncomingHttpHeaders,
  bridge: string,
  frameOrigin: string,
): IncomingHttpHeaders {
  const headers = { ...original };
  const policy = headers["content-security-policy"];
  if (typeof policy === "string") {
    headers["content-security-policy"] = policy.replace(
      /frame-ancestors(?! 'none')[^;]*/,
      (directive) => `${directive} ${frameOrigin}`,
    );
  }
  if (typeof headers["link"] === "string") {
    headers["link"] = headers["link"].replaceAll(APP_BRIDGE, bridge);
  }
  return headers;
}

function refuse(outgoing: ServerResponse, target: string): void {
  if (outgoing.headersSent) {
    outgoing.destroy();
    return;
  }
  outgoing.writeHead(502, { "content-type": "text/plain; charset=utf-8" });
  outgoing.end(`The app does not answer at ${target}. Is it running?`);
}
