import { createReadableStreamFromReadable } from "@remix-run/node";
import { Readable } from "node:stream";
import { downloadHeaders } from "./download-headers.server.ts";

/** A CSV that is written while it is read. */
export function csvAnswer(lines: AsyncIterable<string>, fileName: string): Response {
  const file = createReadableStreamFromReadable(Readable.from(lines));
  return new Response(file, { headers: downloadHeaders("text/csv; charset=utf-8", fileName) });
}
