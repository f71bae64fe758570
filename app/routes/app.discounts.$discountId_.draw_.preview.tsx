import { json, type LoaderFunctionArgs } from "@remix-run/node";
import type { ClientLoaderFunctionArgs } from "@remix-run/react";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { partnerIdsIn } from "#app/components/draw/read-draw-form.ts";
import type { SeenPreview } from "#app/components/draw/use-draw-preview.ts";
import { loadOr } from "#app/components/keep-form.ts";
import { logError } from "#app/log-error.server.ts";
import { services } from "#app/services.server.ts";

/** For the Add codes form: what it would make, as it is typed. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const query = new URL(request.url).searchParams;
  try {
    const { shop } = await authenticateShop(request);
    const preview = await services.previewDrawing({
      ...{ shop, discountId: params["discountId"] ?? "" },
      pattern: query.get("pattern") ?? "",
      codesEach: query.get("codesEach") ?? "",
      partnerIds: partnerIdsIn(query),
      partners: Number(query.get("partners")) || 0,
    });
    return json<SeenPreview>(preview);
  } catch (error) {
    // An expired session's answer is the library's; an outage must not take the typed form away.
    if (error instanceof Response) throw error;
    logError("codes could not be previewed", error);
    return json<SeenPreview>(NO_PREVIEW);
  }
}

/** Neither must a lost connection. */
export function clientLoader(args: ClientLoaderFunctionArgs) {
  return loadOr<SeenPreview>(args, NO_PREVIEW);
}

const NO_PREVIEW = { failed: "No examples just now. Go on typing to try again." };

// The form asks for itself when it changes.
export const shouldRevalidate = () => false;
