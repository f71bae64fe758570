import type { LoaderFunctionArgs } from "@remix-run/node";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { selectionIn } from "#app/components/codes/code-query.ts";
import { csvAnswer } from "#app/components/csv-answer.server.ts";
import { isoDay } from "#app/components/iso-day.server.ts";
import { services } from "#app/services.server.ts";

/** The codes that the address selects, as a CSV. */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const { shop, timeZone } = await authenticateShop(request);
  const selection = selectionIn(new URL(request.url).searchParams);
  const lines = services.exportCodes({ shop, selection, timeZone });
  return csvAnswer(lines, `codes-${isoDay(new Date(), timeZone)}.csv`);
}
