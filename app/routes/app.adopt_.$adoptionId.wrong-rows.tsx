import type { LoaderFunctionArgs } from "@remix-run/node";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { csvAnswer } from "#app/components/csv-answer.server.ts";
import { isRowId } from "#app/core/ids.ts";
import { services } from "#app/services.server.ts";

/** Wrong rows of the file that named the partners of an adoption's codes, with their reasons. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const { shop } = await authenticateShop(request);
  const { adoptionId = "" } = params;
  const file = isRowId(adoptionId) ? await services.wrongFileRows({ shop, adoptionId }) : null;
  if (file === null) {
    throw new Response("What is read of a file is kept for a day. Upload it again.", {
      status: 404,
    });
  }
  return csvAnswer(file, `wrong-rows-${adoptionId.slice(0, 8)}.csv`);
}
