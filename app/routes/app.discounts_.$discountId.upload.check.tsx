import { json, type ActionFunctionArgs } from "@remix-run/node";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { readUploadQuery } from "#app/components/uploads/upload-query.ts";
import { UPLOAD_SIZE_LIMIT } from "#app/components/uploads/upload-size-limit.ts";
import type { UploadAnswer } from "#app/components/uploads/use-upload.ts";
import { isRowId } from "#app/core/ids.ts";
import { services } from "#app/services.server.ts";
import { readBody } from "#app/upload-body.server.ts";

/** Takes a file as the request's whole body, and says what was found or what is wrong with it. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const discountId = params["discountId"] ?? "";
  const query = readUploadQuery(new URL(request.url).searchParams);
  const form = { shop, discountId, timeZone, sizeLimit: UPLOAD_SIZE_LIMIT, ...query };
  const checked = isRowId(discountId)
    ? await readBody(request, (bytes) => services.checkUpload({ ...form, bytes }))
    : null;
  if (!checked) {
    throw new Response("This shop has no such discount of Partner Codes.", { status: 404 });
  }
  if (checked.ok) return json<UploadAnswer>(checked.value);
  return json<UploadAnswer>({ kind: "refused", message: checked.problem.message });
}
