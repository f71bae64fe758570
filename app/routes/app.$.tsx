import type { LoaderFunctionArgs } from "@remix-run/node";
import { authenticateShop } from "#app/authenticate-shop.server.ts";

/** Any address that no other route has: the app's own page says so, inside its frame. */
export async function loader({ request }: LoaderFunctionArgs): Promise<never> {
  await authenticateShop(request);
  throw new Response(null, { status: 404 });
}
