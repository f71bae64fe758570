import type { LoaderFunctionArgs } from "@remix-run/node";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { downloadHeaders } from "#app/components/download-headers.server.ts";
import { heldOrdersCsv } from "#app/core/privacy/held-order.ts";
import { services } from "#app/services.server.ts";

/** The file that answers a customer's data request: `?format=csv`, or JSON. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const { shop, timeZone } = await authenticateShop(request);
  const recordId = params["recordId"] ?? "";
  const held = await services.exportHeldOrders({ shop, recordId, timeZone });
  if (!held) throw new Response("This shop has no such request.", { status: 404 });
  const isCsv = new URL(request.url).searchParams.get("format") === "csv";
  const name = `customer-data-${recordId.slice(0, 8)}.${isCsv ? "csv" : "json"}`;
  const type = isCsv ? "text/csv; charset=utf-8" : "application/json";
  const file = isCsv ? heldOrdersCsv(held) : JSON.stringify(held, null, 2);
  return new Response(file, { headers: downloadHeaders(type, name) });
}
