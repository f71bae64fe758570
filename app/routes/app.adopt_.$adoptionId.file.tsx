import { json, type ActionFunctionArgs } from "@remix-run/node";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { readUploadQuery } from "#app/components/uploads/upload-query.ts";
import { UPLOAD_SIZE_LIMIT } from "#app/components/uploads/upload-size-limit.ts";
import type { UploadAnswer } from "#app/components/uploads/use-upload.ts";
import { isRowId } from "#app/core/ids.ts";
import { services } from "#app/services.server.ts";
import { readBody } from "#app/upload-body.server.ts";

/** Takes a file as the request's whole body, which names the partners of codes that were read. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { shop, timeZone } = await authenticateShop(request);
  const { adoptionId = "" } = params;
  const query = readUploadQuery(new URL(request.url).searchParams);
  const file = { shop, adoptionId, timeZone, sizeLimit: UPLOAD_SIZE_LIMIT, ...query };
  const named = isRowId(adoptionId)
    ? await readBody(request, (bytes) => services.nameByFile({ ...file, bytes }))
    : null;
  if (!named) {
    throw new Response("What is read of codes is kept for a day. Begin again.", { status: 404 });
  }
  if (!named.ok) return json<UploadAnswer>({ kind: "refused", message: named.problem.message });
  const { value } = named;
  return json<UploadAnswer>(value.kind === "ask" ? value : { ...value, uploadId: adoptionId });
}
