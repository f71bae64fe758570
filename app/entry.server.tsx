import { PassThrough } from "node:stream";
import { createReadableStreamFromReadable, type EntryContext } from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { log } from "./db.server.ts";
import { addDocumentResponseHeaders } from "./shopify.server.ts";
import { startWorker } from "./worker.server.ts";

export { background } from "./background.server.ts";

// In production server.ts starts the worker; Vite's development server has no such place.
if (import.meta.env.DEV) await startWorker();

const ABORT_MS = 5_000;

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
): Promise<Response> {
  addDocumentResponseHeaders(request, headers);
  const readyEvent = isbot(request.headers.get("user-agent")) ? "onAllReady" : "onShellReady";
  return new Promise((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(
      <RemixServer context={context} url={request.url} />,
      {
        [readyEvent]: () => {
          const body = new PassThrough();
          headers.set("Content-Type", "text/html");
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status }));
          pipe(body);
        },
        onShellError: reject,
        onError: (error) => log.error({ error: String(error) }, "page failed"),
      },
    );
    setTimeout(abort, ABORT_MS);
  });
}

/** What is thrown as a Response never reaches this; an address that no route has does, as one. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted || isRouteErrorResponse(error)) return;
  const stack = error instanceof Error ? error.stack : undefined;
  log.error({ error: String(error), stack, path: new URL(request.url).pathname }, "request failed");
}
