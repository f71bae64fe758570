import type { LoaderFunctionArgs } from "@remix-run/node";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { downloadHeaders } from "#app/components/download-headers.server.ts";
import { isRowId } from "#app/core/ids.ts";
import { services } from "#app/services.server.ts";

/** The QR picture of one code's share link. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const { shop } = await authenticateShop(request);
  const codeIds = [params["codeId"] ?? ""].filter(isRowId);
  const listed = await services.listHandOuts({ shop, scope: { kind: "picked", codeIds } });
  if (!listed.ok) throw new Response(listed.problem.message, { status: 404 });
  const [code] = listed.value.flatMap(({ codes }) => codes);
  if (!code) throw new Response("There is no such code.", { status: 404 });
  const picture = new Uint8Array(services.qrPng(code.link));
  const fileName = `QR-${code.code.replaceAll(/[^A-Z0-9-]/g, "-")}.png`;
  return new Response(picture, { headers: downloadHeaders("image/png", fileName) });
}
