import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import type { CodeCheck } from "#app/core/codes/check-codes.ts";
import type { PartnerId } from "#app/core/ids.ts";
import { services } from "#app/services.server.ts";

/** For the New discount form: whether one code can be made for one partner, as it is typed. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateShop(request);
  const query = new URL(request.url).searchParams;
  const partnerId = (query.get("partnerId") ?? "") as PartnerId;
  const code = query.get("code") ?? "";
  const [check] = await services.checkCodes({ shop, codes: [{ partnerId, code }] });
  return json<CodeCheck | null>(check ?? null);
}

// Each field asks for itself when its code changes.
export const shouldRevalidate = () => false;
