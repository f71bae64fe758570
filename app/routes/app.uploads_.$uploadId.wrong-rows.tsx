import { createReadableStreamFromReadable, type LoaderFunctionArgs } from "@remix-run/node";
import { Readable } from "node:stream";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { isRowId } from "#app/core/ids.ts";
import { services } from "#app/services.server.ts";

/** The wrong rows of an upload as a CSV, each with its reasons. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const { shop } = await authenticateShop(request);
  const uploadId = params["uploadId"] ?? "";
  const lines = isRowId(uploadId) ? await services.readWrongRows({ shop, uploadId }) : null;
  if (!lines) throw new Response("This upload is no longer there.", { status: 404 });
  return new Response(createReadableStreamFromReadable(Readable.from(lines)), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="wrong-rows-${uploadId.slice(0, 8)}.csv"`,
      "cache-control": "no-store",
    },
  });
}
