import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { authenticateShop } from "#app/authenticate-shop.server.ts";
import { csvAnswer } from "#app/components/csv-answer.server.ts";
import { failedCodesFile } from "#app/core/batches/failed-codes-file.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import { services } from "#app/services.server.ts";

/** All codes of a batch that failed, with their reasons, as a CSV file. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const { shop } = await authenticateShop(request);
  const id = z.uuid().safeParse(params["batchId"]);
  const file = id.success ? await fileOf({ shop, batchId: id.data }) : null;
  if (file === null) throw new Response("This shop has no such batch.", { status: 404 });
  const name = `failed-codes-${id.data?.slice(0, 8)}.csv`;
  return csvAnswer(file, name);
}

async function fileOf(asked: { shop: ShopDomain; batchId: string }): Promise<string | null> {
  const changes = await services.failedChangesFile(asked);
  if (changes !== null) return changes;
  const codes = await services.listFailedCodes(asked);
  if (!codes) return codes;
  const [refused, leftOut] = await Promise.all([
    services.listRefusedRows(asked),
    services.listLeftOut(asked),
  ]);
  return failedCodesFile(codes, refused, leftOut);
}
