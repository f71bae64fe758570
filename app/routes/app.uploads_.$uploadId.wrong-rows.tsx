import type { LoaderFunctionArgs } from "@remix-run/node";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { csvAnswer } from "#app/components/csv-answer.server.ts";
import { isRowId } from "#app/core/ids.ts";
import { services } from "#app/services.server.ts";

/** The wrong rows of an upload as a CSV, each with its reasons. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const { shop } = await authenticateShop(request);
  const uploadId = params["uploadId"] ?? "";
  const lines = isRowId(uploadId) ? await services.readWrongRows({ shop, uploadId }) : null;
  if (!lines) throw new Response("This upload is no longer there.", { status: 404 });
  return csvAnswer(lines, `wrong-rows-${uploadId.slice(0, 8)}.csv`);
}
