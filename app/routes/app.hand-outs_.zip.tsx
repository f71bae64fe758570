import { createReadableStreamFromReadable, type LoaderFunctionArgs } from "@remix-run/node";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { downloadHeaders } from "#app/components/download-headers.server.ts";
import { scopeIn } from "#app/components/hand-outs/hand-out-query.ts";
import { isoDay } from "#app/components/iso-day.server.ts";
import { services } from "#app/services.server.ts";

/** A folder for each partner whose codes the address means, as a ZIP that is written while it is read. */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const { shop, timeZone } = await authenticateShop(request);
  const scope = scopeIn(new URL(request.url).searchParams);
  const listed = await services.listHandOuts({ shop, scope });
  if (!listed.ok) throw new Response(listed.problem.message, { status: 404 });
  const now = new Date();
  const archive = createReadableStreamFromReadable(services.handOutArchive(listed.value, now));
  const fileName = `hand-outs-${isoDay(now, timeZone)}.zip`;
  return new Response(archive, { headers: downloadHeaders("application/zip", fileName) });
}
