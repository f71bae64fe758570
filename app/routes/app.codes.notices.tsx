import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { unassignedRow } from "#app/components/codes/unassigned-view.server.ts";
import { fileHintView } from "#app/components/files/file-view.server.ts";
import { services } from "#app/services.server.ts";

export { shouldRevalidate } from "#app/components/keep-form.ts";

/** For the Codes page: what stands above its list, or above nobody's codes alone. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const isOfAll = new URL(request.url).searchParams.get("of") !== "nobodys";
  const [unassigned, hint] = await Promise.all([
    services.listUnassignedCodes(shop),
    isOfAll ? services.readFileHint({ shop, batchId: null }) : null,
  ]);
  return json({
    rows: unassigned.map((code) => unassignedRow(code, { timeZone })),
    hint: hint && fileHintView(hint, timeZone),
  });
}
