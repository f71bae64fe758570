import type { LoaderFunctionArgs } from "@remix-run/node";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { csvAnswer } from "#app/components/csv-answer.server.ts";
import { isRowId } from "#app/core/ids.ts";
import { services } from "#app/services.server.ts";

/** All codes of an adoption that are nobody's, with the reasons, as a CSV file. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const { shop } = await authenticateShop(request);
  const { adoptionId = "" } = params;
  const file = isRowId(adoptionId) ? await services.leftCodesFile({ shop, adoptionId }) : null;
  if (file === null) {
    throw new Response("What is read of codes is kept for a day. Begin again.", { status: 404 });
  }
  const name = `codes-without-partner-${adoptionId.slice(0, 8)}.csv`;
  return csvAnswer(file, name);
}
