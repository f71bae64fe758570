import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { z } from "zod";
import { bulkUpload } from "#test/sandbox/impact/bulk-upload.ts";
import type { UploadWorld } from "./upload-world.ts";

const made = z.object({ file: z.object({ codes: z.number(), parts: z.number() }) });

/**
 * As the batch's page offers it: what is not registered yet goes into a file, whose parts are uploaded
 * at impact.com. Gives how many codes went that way, once every code of the batch is registered.
 */
export async function registerByFile(app: UploadWorld, batchId: string): Promise<number> {
  const { merchant } = app;
  const files = { path: "/app/files", route: "routes/app.files._index" };
  const fileId = (await merchant.submit(files, [["batchId", batchId]]))?.split("/").at(-1) ?? "";
  const page = { path: `/app/files/${fileId}`, route: "routes/app.files.$fileId" };
  const { file } = await merchant.waitFor(page, made);
  let created = 0;
  for (let part = 1; part <= file.parts; part += 1) created += await uploadPart(app, fileId, part);
  await merchant.submit(page, [["intent", "uploaded"]]);
  // The page's “Look now”: by itself the app would look in two minutes.
  await merchant.submit(page, [["intent", "look"]]);
  while ((await countUnregistered(app.client, batchId)) > 0) await pause(1_000);
  return created;
}

async function uploadPart(
  { merchant, world, account }: UploadWorld,
  fileId: string,
  part: number,
): Promise<number> {
  const csv = await merchant.download({
    path: `/app/files/${fileId}/part/${part}`,
    route: "routes/app.files_.$fileId.part.$part",
  });
  const uploaded = bulkUpload(world.impactState, account, Buffer.from(csv));
  if (!uploaded.ok) throw new Error(`impact.com refused the file: ${uploaded.why}`);
  const [refused] = uploaded.refused;
  if (refused) throw new Error(`impact.com refused a row: ${JSON.stringify(refused)}`);
  return uploaded.created;
}

async function countUnregistered(client: pg.Client, batchId: string): Promise<number> {
  const { rows } = await client.query<{ left: number }>(
    `SELECT count(*)::int AS "left" FROM "Code"
     WHERE "batchId" = $1 AND "impactState" <> 'registered'`,
    [batchId],
  );
  return rows[0]?.left ?? 0;
}
