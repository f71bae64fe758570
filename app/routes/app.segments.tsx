import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { services } from "#app/services.server.ts";

/** Customer segments by name, for the picker of a discount's form. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const words = new URL(request.url).searchParams.get("search") ?? "";
  return json(await services.findSegments({ shop, words: words.slice(0, LONGEST_SEARCH) }));
}

const LONGEST_SEARCH = 100;
