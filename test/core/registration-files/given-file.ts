import { lookNow } from "#app/core/registration-files/look-now.ts";
import { readFile } from "#app/core/registration-files/read-file.ts";
import { startFile } from "#app/core/registration-files/start-file.ts";
import type { Spelling } from "#app/core/registration-files/template.ts";
import { writePart } from "#app/core/registration-files/write-part.ts";
import { bulkUpload, type BulkUpload } from "#test/sandbox/impact/bulk-upload.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { createWorld, type World, type WorldOptions } from "#test/support/world.ts";

export const HOUR = 3_600_000;

/** A shop with so many live codes of Anna's that no job registers, TEA-000001 and on. */
export async function worldWithWaiting(
  count: number,
  prefix = "TEA-",
  options: WorldOptions = {},
): Promise<{ world: World; discountId: string; batchId: string }> {
  const world = await createWorld(options);
  await setUpProgram(world);
  const { prisma, domain: shop, clock } = world;
  const discountId = await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  await world.drain();
  const { id: batchId } = await prisma.batch.findFirstOrThrow({ where: { shop } });
  await prisma.$executeRaw`
    INSERT INTO "Code" ("id", "shop", "code", "discountId", "batchId", "part", "shopifyState", "liveAt",
                        "impactState", "createdAt")
    SELECT gen_random_uuid(), ${shop}, ${prefix} || lpad(n::text, 6, '0'), ${discountId}::uuid,
           ${batchId}::uuid, 0, 'live', ${clock.now()}, 'planned', ${clock.now()}
    FROM generate_series(1, ${count}::int) n`;
  await prisma.$executeRaw`
    INSERT INTO "Assignment" ("id", "shop", "codeId", "partnerId", "startsAt")
    SELECT gen_random_uuid(), "shop", "id", '10001', ${clock.now()} FROM "Code"
    WHERE "shop" = ${shop} AND "impactState" = 'planned'`;
  return { world, discountId, batchId };
}

export async function fileOf({ ports, domain: shop }: World): Promise<string> {
  const started = await startFile(ports, { shop, batchId: null });
  if (!started.ok) throw new Error(started.problem.message);
  return started.value.fileId;
}

/** A part as the merchant downloads it. */
export async function partOf(
  { ports, domain: shop }: World,
  fileId: string,
  part: number,
  spelling: Spelling = "table",
): Promise<string> {
  const timeZone = "America/New_York";
  const lines = await writePart(ports, { shop, fileId, part, spelling, timeZone });
  if (!lines) throw new Error("no such part");
  let text = "";
  for await (const some of lines) text += some;
  return text;
}

/** The merchant uploads a file at impact.com. */
export function upload({ impactState, account }: World, text: string): BulkUpload {
  return bulkUpload(impactState, account, Buffer.from(text));
}

/** Presses “Look now” and lets the look run. */
export async function look(world: World, fileId: string): Promise<void> {
  await lookNow(world.ports, { shop: world.domain, fileId });
  await world.drain(1_000);
}

export async function standOf({ ports, domain: shop }: World, fileId: string) {
  const detail = await readFile(ports, { shop, fileId });
  return { state: detail?.file.state, ...detail?.counts };
}
