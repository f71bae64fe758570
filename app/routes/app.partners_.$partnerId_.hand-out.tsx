import { createReadableStreamFromReadable, type LoaderFunctionArgs } from "@remix-run/node";
import { Readable } from "node:stream";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { downloadHeaders } from "#app/components/download-headers.server.ts";
import { EVERY_CODE } from "#app/core/codes/code-selection.ts";
import type { PartnerId } from "#app/core/ids.ts";
import { services } from "#app/services.server.ts";

/** One partner's hand-out as a page that needs nothing else. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const { shop } = await authenticateShop(request);
  const partnerId = (params["partnerId"] ?? "") as PartnerId;
  const filter = { ...EVERY_CODE, partnerId };
  const listed = await services.listHandOuts({ shop, scope: { kind: "matching", filter } });
  if (!listed.ok) throw new Response(listed.problem.message, { status: 404 });
  const [handOut] = listed.value;
  const lines = handOut ? services.handOutPage(handOut) : [];
  const page = createReadableStreamFromReadable(Readable.from(lines));
  const fileName = `hand-out-${partnerId.replaceAll(/[^A-Za-z0-9-]/g, "-")}.html`;
  return new Response(page, { headers: downloadHeaders("text/html; charset=utf-8", fileName) });
}
