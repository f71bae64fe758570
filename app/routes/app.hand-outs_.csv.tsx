import type { LoaderFunctionArgs } from "@remix-run/node";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { csvAnswer } from "#app/components/csv-answer.server.ts";
import { scopeIn } from "#app/components/hand-outs/hand-out-query.ts";
import { isoDay } from "#app/components/iso-day.server.ts";
import { services } from "#app/services.server.ts";

/** The codes that the address means and that are ready, as a CSV. */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const { shop, timeZone } = await authenticateShop(request);
  const scope = scopeIn(new URL(request.url).searchParams);
  const lines = services.handOutLines({ shop, scope });
  return csvAnswer(lines, `hand-outs-${isoDay(new Date(), timeZone)}.csv`);
}
