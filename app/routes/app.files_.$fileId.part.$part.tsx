import { createReadableStreamFromReadable, type LoaderFunctionArgs } from "@remix-run/node";
import { Readable } from "node:stream";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { services } from "#app/services.server.ts";

/** A part of a registration file, in impact.com's template. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const { shop, timeZone } = await authenticateShop(request);
  const { fileId = "", part: number = "" } = params;
  const part = /^\d{1,6}$/.test(number) ? Number(number) : 0;
  const isSample = new URL(request.url).searchParams.get("headings") === "sample";
  const spelling = isSample ? ("sample" as const) : ("table" as const);
  const lines = await services.writePart({ shop, fileId, part, spelling, timeZone });
  if (!lines) throw new Response("This shop has no such file.", { status: 404 });
  return new Response(createReadableStreamFromReadable(Readable.from(lines)), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="promo-codes-${fileId.slice(0, 8)}-part-${part}.csv"`,
      "cache-control": "no-store",
    },
  });
}
