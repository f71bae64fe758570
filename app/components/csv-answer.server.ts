import { createReadableStreamFromReadable } from "@remix-run/node";
import { Readable } from "node:stream";
import { downloadHeaders } from "./download-headers.server.ts";

/** A CSV to keep: a whole one, or lines that are written while they are read. */
export function csvAnswer(file: string | AsyncIterable<string>, fileName: string): Response {
  const body =
    typeof file === "string" ? file : createReadableStreamFromReadable(Readable.from(file));
  return new Response(body, { headers: downloadHeaders("text/csv; charset=utf-8", fileName) });
}
