import type { LoaderFunctionArgs } from "@remix-run/node";
import { authenticate } from "#app/shopify.server.ts";

/** The library's own pages: session token bounce and leaving the frame. */
export async function loader({ request }: LoaderFunctionArgs): Promise<null> {
  await authenticate.admin(request);
  return null;
}
