import { createReadableStreamFromReadable, type LoaderFunctionArgs } from "@remix-run/node";
import { Readable } from "node:stream";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { selectionIn } from "#app/components/codes/code-query.ts";
import { isoDay } from "#app/components/iso-day.server.ts";
import { services } from "#app/services.server.ts";

/** The codes that the address selects, as a CSV that is written while it is read. */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const { shop, timeZone } = await authenticateShop(request);
  const selection = selectionIn(new URL(request.url).searchParams);
  const lines = services.exportCodes({ shop, selection, timeZone });
  return new Response(createReadableStreamFromReadable(Readable.from(lines)), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="codes-${isoDay(new Date(), timeZone)}.csv"`,
      "cache-control": "no-store",
    },
  });
}
