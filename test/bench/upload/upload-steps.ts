import { setTimeout as pause } from "node:timers/promises";
import { parse } from "csv-parse/sync";
import type pg from "pg";
import { z } from "zod";
import { bigTable, expectedOf } from "#test/adapters/uploads/big-table.ts";
import type { UploadWorld } from "./upload-world.ts";

const checked = z.object({ kind: z.literal("checked"), uploadId: z.string() });
const upload = (id: string) => ({
  path: `/app/uploads/${id}`,
  route: "routes/app.uploads.$uploadId",
});
const found = z.object({
  ...{ rows: z.number(), new: z.number(), yoursUnchanged: z.number(), wrong: z.number() },
  kinds: z.array(z.object({ what: z.string(), rows: z.number() })),
});

/** Sends the file; gives what the page says before anything is made. */
export async function checkFile({ merchant, discountId }: UploadWorld, rows: number) {
  const check = {
    path: `/app/discounts/${discountId}/upload/check`,
    route: "routes/app.discounts_.$discountId.upload.check",
  };
  const file = [...bigTable(rows)].map((row) => `${row.join(",")}\r\n`).join("");
  const { uploadId } = checked.parse(await merchant.sendFile(check, "codes.csv", file));
  return { uploadId, ...(await merchant.waitFor(upload(uploadId), found)) };
}

/** How many of the wrong rows, and no other, stand in the file that comes back, each with a sentence. */
export async function readWrongRows(
  { merchant }: UploadWorld,
  uploadId: string,
  rows: number,
): Promise<number> {
  const file = await merchant.download({
    path: `/app/uploads/${uploadId}/wrong-rows`,
    route: "routes/app.uploads_.$uploadId.wrong-rows",
  });
  const lines: Record<string, string>[] = parse(file, {
    ...{ bom: true, columns: true, relax_column_count: true },
  });
  const expected = new Set(expectedOf(rows).wrong.map(String));
  const explained = lines.filter(({ Row = "", Reason = "" }) => {
    return expected.delete(Row) && Reason.endsWith(".");
  });
  if (explained.length !== lines.length) throw new Error("A row came back that is not wrong.");
  return explained.length;
}

/** Has the codes made; gives their batch when it has come to its end. */
export async function takeFile(
  { merchant, client }: UploadWorld,
  uploadId: string,
): Promise<string> {
  const madeAt = await merchant.submit(upload(uploadId), []);
  const batchId = madeAt?.split("/").at(-1) ?? "";
  while (!(await isDone(client, batchId))) await pause(500);
  return batchId;
}

async function isDone(client: pg.Client, batchId: string): Promise<boolean> {
  const { rows } = await client.query<{ state: string; problem: string | null }>(
    `SELECT "state", "problem" FROM "Batch" WHERE "id" = $1`,
    [batchId],
  );
  const [batch] = rows;
  if (batch?.state === "done" || batch?.state === "running") return batch.state === "done";
  throw new Error(`The batch ended: ${batch?.problem}`);
}
