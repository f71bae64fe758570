import type { LoaderFunctionArgs } from "@remix-run/node";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { csvAnswer } from "#app/components/csv-answer.server.ts";
import { isoDay } from "#app/components/iso-day.server.ts";
import { orderFilter } from "#app/components/orders/order-filter.server.ts";
import { orderQueryIn } from "#app/components/orders/order-query.ts";
import { services } from "#app/services.server.ts";

/** The orders that the address asks for, as a CSV. */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const { shop, timeZone } = await authenticateShop(request);
  const filter = orderFilter(orderQueryIn(new URL(request.url).searchParams), timeZone);
  const lines = services.exportOrders({ shop, filter, timeZone });
  return csvAnswer(lines, `orders-${isoDay(new Date(), timeZone)}.csv`);
}
