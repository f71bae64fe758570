import { createReadableStreamFromReadable, type LoaderFunctionArgs } from "@remix-run/node";
import { Readable } from "node:stream";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { downloadHeaders } from "#app/components/hand-outs/download-headers.server.ts";
import { scopeIn } from "#app/components/hand-outs/hand-out-query.ts";
import { isoDay } from "#app/components/iso-day.server.ts";
import { services } from "#app/services.server.ts";

/** The codes that the address means and that are ready, as a CSV that is written while it is read. */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const { shop, timeZone } = await authenticateShop(request);
  const scope = scopeIn(new URL(request.url).searchParams);
  const lines = services.handOutLines({ shop, scope });
  const fileName = `hand-outs-${isoDay(new Date(), timeZone)}.csv`;
  return new Response(createReadableStreamFromReadable(Readable.from(lines)), {
    headers: downloadHeaders("text/csv; charset=utf-8", fileName),
  });
}
