import { createReadStream } from "node:fs";
import { randomBytes } from "node:crypto";
import { parse } from "csv-parse/sync";
import { createCodeMaking } from "#app/adapters/code-making/code-making.ts";
import { createPool } from "#app/adapters/postgres/pool.ts";
import { createPrismaClient } from "#app/adapters/postgres/prisma-client.ts";
import { openBoss } from "#app/adapters/postgres/queue.ts";
import { createSecretBox } from "#app/adapters/postgres/secret-box.ts";
import { createStore } from "#app/adapters/postgres/store.ts";
import { readUpload } from "#app/adapters/uploads/read-upload.ts";
import { planUploaded } from "#app/core/batches/plan-uploaded.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import { success } from "#app/core/result.ts";
import { checkUpload, type CheckPorts } from "#app/core/uploads/check-upload.ts";
import { readWrongRows } from "#app/core/uploads/read-upload-check.ts";
import { takeUpload } from "#app/core/uploads/take-upload.ts";

/** Run as a process of its own: checks and takes a file, plans its codes, says what memory it took. */
const [databaseUrl = "", file = "", shop = "", discountId = ""] = process.argv.slice(2);
const prisma = createPrismaClient(databaseUrl);
const boss = await openBoss(databaseUrl, () => undefined);
await prisma.$queryRaw`SELECT 1`;
const idleMb = peakMb();
const pool = createPool(databaseUrl, () => undefined);
const store = createStore({ prisma, pool, boss, secrets: createSecretBox(randomBytes(32)) });
const asksNobody = new Proxy({} as Ports["impact"], {
  get: () => () => Promise.reject(new Error("Nobody is to be asked.")),
});
/** It has none of the codes. */
const shopify: CheckPorts["shopify"] = { locateCodes: async () => success(new Map()) };
const clock = { now: () => new Date() };
const ports = { store, clock, shopify, impact: asksNobody, codeMaking: createCodeMaking() };

const checked = await checkUpload(ports, {
  ...{ shop: shop as ShopDomain, discountId, timeZone: "Europe/Berlin", fileName: "codes.csv" },
  ...{ byHand: null, rows: readUpload(createReadStream(file), { sizeLimit: 50_000_000 }) },
});
if (!checked?.ok || checked.value.kind !== "checked") throw new Error(JSON.stringify(checked));
const { uploadId } = checked.value;
const upload = await store.uploads.find(shop as ShopDomain, uploadId);
const explained = await countExplained();
const checkedMb = peakMb();
const taken = await takeUpload(ports, { shop: shop as ShopDomain, uploadId });
if (!taken?.ok) throw new Error(JSON.stringify(taken));
const batch = await store.batches.find(shop as ShopDomain, taken.value.batchId);
if (!batch) throw new Error("no batch");
await planUploaded(ports, batch, 1_000);
const { counts } = upload ?? {};
console.log(
  JSON.stringify({ counts, explained, batchId: batch.id, idleMb, checkedMb, peakMb: peakMb() }),
);
await boss.stop({ graceful: false });
await Promise.all([prisma.$disconnect(), pool.end()]);

/** Lines of the file that comes back with a sentence as their second cell. */
async function countExplained(): Promise<number> {
  const lines = await readWrongRows(ports, { shop: shop as ShopDomain, uploadId });
  let file = "";
  for await (const some of lines ?? []) file += some;
  const rows: string[][] = parse(file, { relax_column_count: true, from_line: 2 });
  return rows.filter((row) => row[1]?.endsWith(".")).length;
}

function peakMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}
