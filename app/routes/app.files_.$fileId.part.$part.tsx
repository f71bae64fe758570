import type { LoaderFunctionArgs } from "@remix-run/node";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { csvAnswer } from "#app/components/csv-answer.server.ts";
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
  return csvAnswer(lines, `promo-codes-${fileId.slice(0, 8)}-part-${part}.csv`);
}
